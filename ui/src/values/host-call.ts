// Recorded host calls as people read them.

import type { HostCall, Touched, Value } from '../protocol.ts';

/** The name of what was called: `env.log`. */
export function nameOf({ module, name }: HostCall): string {
  return `${module}.${name}`;
}

/** Values on one line. */
export function listValues(values: readonly Value[]): string {
  return values.map(({ value }) => value).join(', ');
}

/** How a call ended, on one line. */
export function describeEnd({ ended }: HostCall): string {
  switch (ended.end) {
    case 'running':
      return 'running…';
    case 'returned':
      return listValues(ended.results);
    case 'exited':
      return `exit ${ended.code}`;
    case 'trapped':
      return `trap: ${ended.message}`;
  }
}

/**
 * What of memories was read or written: where, how much, and what, as text where it is text; and
 * the memories of which more may have been, in a way that is not seen.
 */
export function describeTouched(
  touched: readonly Touched[],
  unlisted: readonly string[] = [],
): string {
  return [
    ...touched.map(describeRange),
    ...unlisted.map((memory) => `${memory}: perhaps more`),
  ].join('; ');
}

function describeRange({ memory, at, length, bytes }: Touched): string {
  const codes = (bytes.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
  const readable =
    codes.length > 0 && codes.every((code) => (code >= 0x20 && code < 0x7f) || code === 0x0a);
  const more = codes.length < length ? '…' : '';
  const text = readable ? JSON.stringify(String.fromCharCode(...codes)) : bytes;
  return `${memory} 0x${BigInt(at).toString(16)} +${length}: ${text}${more}`;
}

/** Whether a call has what is looked for, in its name, its values or what it touched. */
export function hasLetters(call: HostCall, letters: string): boolean {
  if (letters === '') return true;
  const all = [nameOf(call), listValues(call.arguments), describeEnd(call)];
  const wanted = letters.toLowerCase();
  if (all.some((text) => text.toLowerCase().includes(wanted))) return true;
  return describeTouched([...call.read, ...call.wrote], call.unlisted)
    .toLowerCase()
    .includes(wanted);
}
