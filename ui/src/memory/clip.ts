// The formats in which bytes are copied.

import { words } from '../words/memory/clip.ts';

/** The formats in which bytes can be copied. */
export const COPIES = {
  hex: words.hex,
  text: words.text,
  c: words.cArray,
  base64: words.base64,
  js: 'JavaScript',
} as const;

export type CopyFormat = keyof typeof COPIES;

/** The most bytes that are copied as text. Larger ranges can be saved as a file. */
export const MOST_COPIED = 4 << 20;

/** The most bytes that are pasted. More can be loaded from a file. */
export const MOST_PASTED = 16 << 20;

/** Formats bytes as text. */
export function copyAs(format: CopyFormat, bytes: Uint8Array): string {
  switch (format) {
    case 'hex':
      return each(bytes, hex, ' ');
    case 'text':
      return new TextDecoder().decode(bytes);
    case 'c':
      return `const unsigned char bytes[${bytes.length}] = {\n${lines(bytes, '  ')}\n};\n`;
    case 'base64':
      return base64(bytes);
    case 'js':
      return `new Uint8Array([\n${lines(bytes, '  ')}\n]);\n`;
  }
}

/**
 * Reads pairs of hexadecimal digits with any separators. Returns null for a text with anything
 * else.
 */
export function parseHex(text: string): Uint8Array<ArrayBuffer> | null {
  const digits = text.replaceAll(/0x|\\x|[\s,;:_]/gi, '');
  if (digits === '' || digits.length % 2 !== 0 || !/^[0-9a-f]+$/i.test(digits)) return null;
  const bytes = new Uint8Array(digits.length / 2);
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16);
  }
  return bytes;
}

const hex = (byte: number) => byte.toString(16).padStart(2, '0');

function each(bytes: Uint8Array, describe: (byte: number) => string, between: string): string {
  return Array.from(bytes, describe).join(between);
}

function lines(bytes: Uint8Array, indent: string): string {
  const rows: string[] = [];
  for (let at = 0; at < bytes.length; at += 12) {
    rows.push(indent + each(bytes.subarray(at, at + 12), (byte) => `0x${hex(byte)},`, ' '));
  }
  return rows.join('\n');
}

function base64(bytes: Uint8Array): string {
  let binary = '';
  // All bytes at once would be too many arguments for one call.
  for (let at = 0; at < bytes.length; at += 8192)
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}
