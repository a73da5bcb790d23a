// Search patterns as bytes.

import { parseHex } from './clip.ts';

/** The kinds of search pattern. */
export const PATTERNS = {
  hex: 'Hex',
  utf8: 'UTF-8 text',
  utf16: 'UTF-16 text',
  i8: '8-bit integer',
  i16: '16-bit integer',
  i32: '32-bit integer',
  i64: '64-bit integer',
  f32: '32-bit float',
  f64: '64-bit float',
} as const;

export type PatternKind = keyof typeof PATTERNS;

/**
 * Returns the bytes of a pattern, or the reason why it has none. Integers may be signed or
 * unsigned; both give the same bytes.
 */
export function patternOf(
  kind: PatternKind,
  text: string,
  bigEndian: boolean,
): Uint8Array | string {
  if (text === '') return 'Type something to search for.';
  switch (kind) {
    case 'hex':
      return parseHex(text) ?? 'Write pairs of hexadecimal digits, such as 7f 45 4c 46.';
    case 'utf8':
      return new TextEncoder().encode(text);
    case 'utf16':
      return utf16(text, bigEndian);
    case 'f32':
    case 'f64':
      return float(text, kind === 'f32' ? 4 : 8, bigEndian);
    default:
      return integer(text, Number(kind.slice(1)), bigEndian);
  }
}

function utf16(text: string, bigEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let index = 0; index < text.length; index++)
    view.setUint16(index * 2, text.charCodeAt(index), !bigEndian);
  return new Uint8Array(view.buffer);
}

function integer(text: string, bits: number, bigEndian: boolean): Uint8Array | string {
  const match = /^\s*([-+]?)(\d[\d_]*|0x[\da-f][\da-f_]*|0b[01][01_]*)\s*$/i.exec(text);
  if (!match?.[2]) return 'Write a whole number, such as 42, -1 or 0x2a.';
  const size = BigInt(match[2].replaceAll('_', ''));
  const value = match[1] === '-' ? -size : size;
  const width = BigInt(bits);
  if (value < -(1n << (width - 1n)) || value >= 1n << width)
    return `${value} does not fit into ${bits} bits.`;
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt.asUintN(64, value), !bigEndian);
  return new Uint8Array(view.buffer).slice(bigEndian ? 8 - bits / 8 : 0, bigEndian ? 8 : bits / 8);
}

function float(text: string, width: 4 | 8, bigEndian: boolean): Uint8Array | string {
  const word = text.trim().toLowerCase();
  const value = /^[-+]?inf(inity)?$/.test(word)
    ? word.startsWith('-')
      ? -Infinity
      : Infinity
    : Number(word);
  if (word === '' || (Number.isNaN(value) && word !== 'nan'))
    return 'Write a number, such as 1.5, -2e10, inf or nan.';
  const view = new DataView(new ArrayBuffer(width));
  if (width === 4) view.setFloat32(0, value, !bigEndian);
  else view.setFloat64(0, value, !bigEndian);
  return new Uint8Array(view.buffer);
}
