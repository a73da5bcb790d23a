// The differences from a snapshot, as rows of a list.

import type { Difference } from './access.ts';
import { formatAddress } from './address.ts';
import { copyAs } from './clip.ts';

/** The most differences that are listed. */
export const MOST_LISTED = 500;

/** The most differences that are counted: there can be one for every other byte. */
const MOST_COUNTED = 100_000;

/** The differences between a memory and a snapshot of it. */
export interface Differences {
  /** The first differences, in order. */
  listed: readonly Difference[];
  /** The number of all differences, and the bytes in them. */
  count: number;
  bytes: number;
  /** True if there are more differences than were counted. */
  more: boolean;
}

/**
 * Finds differences from an address on, as many as one reply has, and the address to continue from.
 */
export type Compare = (
  from: number,
) => Promise<{ ranges: readonly Difference[]; next: number | null }>;

/** Compares all of a memory. Returns null if `goesOn` stopped it. */
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
      // A reply can end in the middle of a run, which the next reply continues.
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

/** Formats the first bytes of a difference as hex, and marks that there are more. */
export function firstBytes(bytes: Difference['now'], length: number): string {
  return copyAs('hex', bytes) + (length > bytes.length ? ' …' : '');
}

/**
 * Makes a table for the clipboard: a line for each difference, with tabs between address, length,
 * before and now.
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
