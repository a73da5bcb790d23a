// What differs from a snapshot, as rows of a list.

import type { Difference } from './access.ts';
import { formatAddress } from './address.ts';
import { copyAs } from './clip.ts';

/** Differences that are listed, at most. */
export const MOST_LISTED = 500;

/** Differences that are counted, at most: there can be one for every other byte. */
const MOST_COUNTED = 100_000;

/** What of a memory is not as it was. */
export interface Differences {
  /** The first of them, in order. */
  listed: readonly Difference[];
  /** How many there are in all, and of how many bytes. */
  count: number;
  bytes: number;
  /** Whether there are more than were counted. */
  more: boolean;
}

/** Tells what differs from an address on, as far as a moment allows, and where to go on. */
export type Compare = (
  from: number,
) => Promise<{ ranges: readonly Difference[]; next: number | null }>;

/** Goes through all of a memory; none where it was not to go on. */
export async function collect(
  compare: Compare,
  goesOn: () => boolean,
): Promise<Differences | null> {
  const listed: Difference[] = [];
  let [count, bytes] = [0, 0];
  let last: Difference | undefined;
  for (let from: number | null = 0; from !== null;) {
    if (count >= MOST_COUNTED) return { listed, count, bytes, more: true };
    const { ranges, next } = await compare(from);
    if (!goesOn()) return null;
    for (const range of ranges) {
      bytes += range.length;
      // An answer ends where its moment does, also in the middle of a run.
      if (last && last.offset + last.length === range.offset) {
        last.length += range.length;
        continue;
      }
      last = { ...range };
      count++;
      if (listed.length < MOST_LISTED) listed.push(last);
    }
    from = next;
  }
  return { listed, count, bytes, more: false };
}

/** The first bytes of a difference as hex, and whether there are more. */
export function firstBytes(bytes: Difference['now'], length: number): string {
  return copyAs('hex', bytes) + (length > bytes.length ? ' …' : '');
}

/**
 * A list to paste somewhere: a line for each, with tabs between address, length, before and now.
 */
export function asText(listed: readonly Difference[], size: number): string {
  const lines = listed.map(({ offset, length, before, now }) =>
    [
      `0x${formatAddress(offset, size)}`,
      length,
      firstBytes(before, length),
      firstBytes(now, length),
    ].join('\t'),
  );
  return ['Address\tLength\tBefore\tNow', ...lines, ''].join('\n');
}
