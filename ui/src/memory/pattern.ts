// Search patterns as bytes.

import { parseHex } from './clip.ts';
import { words } from '../words/memory/pattern.ts';

/** The kinds of search pattern. */
export const PATTERNS = {
  hex: words.hex,
  utf8: words.utfText,
  utf16: words.utfText2,
  i8: words.bitInteger,
  i16: words.bitInteger2,
  i32: words.bitInteger3,
  i64: words.bitInteger4,
  f32: words.bitFloat,
  f64: words.bitFloat2,
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
  if (text === '') return words.typeSomethingSearch;
  switch (kind) {
    case 'hex':
      return parseHex(text) ?? words.writePairsHexadecimalDigits;
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
  if (!match?.[2]) return words.writeWholeNumberSuch;
  const size = BigInt(match[2].replaceAll('_', ''));
  const value = match[1] === '-' ? -size : size;
  const width = BigInt(bits);
  if (value < -(1n << (width - 1n)) || value >= 1n << width)
    return words.doesNotFitInto(value, bits);
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
  if (word === '' || (Number.isNaN(value) && word !== 'nan')) return words.writeNumberSuchE10;
  const view = new DataView(new ArrayBuffer(width));
  if (width === 4) view.setFloat32(0, value, !bigEndian);
  else view.setFloat64(0, value, !bigEndian);
  return new Uint8Array(view.buffer);
}
