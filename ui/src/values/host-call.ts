// Recorded host calls as people read them.

import type { HostCall, MemoryTouch, Value } from '../protocol.ts';
import { words } from '../words/values/host-call.ts';

/** Returns the name of the called function: `env.log`. */
export function nameOf({ module, name }: HostCall): string {
  return `${module}.${name}`;
}

/** Formats values on one line. */
export function listValues(values: readonly Value[]): string {
  return values.map(({ value }) => value).join(', ');
}

/** Describes the end of a call on one line. */
export function describeEnd({ ended }: HostCall): string {
  switch (ended.end) {
    case 'running':
      return words.running;
    case 'returned':
      return listValues(ended.results);
    case 'exited':
      return words.exit(ended.code);
    case 'trapped':
      return `trap: ${ended.message}`;
  }
}

/**
 * Describes the ranges of memories that were read or written: their places, their lengths and their
 * bytes, as text if they are text. Memories in `unlisted` may have been touched elsewhere too,
 * unseen by Watshop.
 */
export function describeTouched(
  touched: readonly MemoryTouch[],
  unlisted: readonly string[] = [],
): string {
  return [
    ...touched.map(describeRange),
    ...unlisted.map((memory) => words.perhapsMore(memory)),
  ].join('; ');
}

function describeRange({ memory, at, length, bytes }: MemoryTouch): string {
  const codes = (bytes.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
  const readable =
    codes.length > 0 && codes.every((code) => (code >= 0x20 && code < 0x7f) || code === 0x0a);
  const more = codes.length < length ? '…' : '';
  const text = readable ? JSON.stringify(String.fromCharCode(...codes)) : bytes;
  return `${memory} 0x${BigInt(at).toString(16)} +${length}: ${text}${more}`;
}

/**
 * Returns true if a call contains the searched letters, in its name, its values or the memory that
 * it touched.
 */
export function hasLetters(call: HostCall, letters: string): boolean {
  if (letters === '') return true;
  const all = [nameOf(call), listValues(call.arguments), describeEnd(call)];
  const wanted = letters.toLowerCase();
  if (all.some((text) => text.toLowerCase().includes(wanted))) return true;
  return describeTouched([...call.read, ...call.wrote], call.unlisted)
    .toLowerCase()
    .includes(wanted);
}
