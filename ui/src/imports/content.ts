// What a memory made here begins with: text, hexadecimal digits or a file.

import type { Content } from '../protocol.ts';
import { formatBytes } from '../values/size.ts';

/** What is wrong with bytes in hexadecimal, where something is. */
export function checkHex(text: string): string | null {
  const digits = text.replaceAll(/\s/g, '');
  if (/[^\da-f]/i.test(digits)) return 'Write pairs of the digits 0 to 9 and a to f.';
  return digits.length % 2 === 1 ? 'Each byte has two digits, and the last has one.' : null;
}

/** A file's bytes, as a memory's content has them. */
export function fromFile(bytes: ArrayBuffer): Content {
  const PIECE = 0x8000;
  const all = new Uint8Array(bytes);
  let binary = '';
  // All at once would be more arguments than a call can have.
  for (let at = 0; at < all.length; at += PIECE)
    binary += String.fromCharCode(...all.subarray(at, at + PIECE));
  return { base64: btoa(binary) };
}

/** What a content is, in a few words. */
export function describeContent(content: Content): string {
  if ('text' in content)
    return `${formatBytes(new TextEncoder().encode(content.text).length)} of text`;
  if ('hex' in content) return formatBytes(content.hex.replaceAll(/\s/g, '').length >> 1);
  const digits = content.base64.replaceAll(/[\s=]/g, '').length;
  return formatBytes((digits * 3) >> 2);
}
