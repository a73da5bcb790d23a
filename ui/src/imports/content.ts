// The initial content of a memory: text, hexadecimal digits or a file.

import type { InitContent } from '../protocol.ts';
import { formatBytes } from '../values/size.ts';
import { words as say } from '../words/imports/content.ts';

/** Returns the error of bytes in hexadecimal, or null. */
export function checkHex(text: string): string | null {
  const digits = text.replaceAll(/\s/g, '');
  if (/[^\da-f]/i.test(digits)) return say.writePairsDigitsF;
  return digits.length % 2 === 1 ? say.eachByteTwoDigits : null;
}

/** Returns a file's bytes as the content of a memory. */
export function fromFile(bytes: ArrayBuffer): InitContent {
  const PIECE = 0x8000;
  const all = new Uint8Array(bytes);
  let binary = '';
  // All bytes at once would be too many arguments for one call.
  for (let at = 0; at < all.length; at += PIECE)
    binary += String.fromCharCode(...all.subarray(at, at + PIECE));
  return { base64: btoa(binary) };
}

/** Describes a content in a few words. */
export function describeContent(content: InitContent): string {
  if ('text' in content)
    return say.text(formatBytes(new TextEncoder().encode(content.text).length));
  if ('hex' in content) return formatBytes(content.hex.replaceAll(/\s/g, '').length >> 1);
  const digits = content.base64.replaceAll(/[\s=]/g, '').length;
  return formatBytes((digits * 3) >> 2);
}
