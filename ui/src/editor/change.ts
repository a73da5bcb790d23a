// The smallest change between two texts, and merging other windows' changes into the local text.

import { ChangeSet, Text } from '@codemirror/state';

/** Splits a text into lines at every kind of line end, as the editor does. */
export function textOf(text: string): Text {
  return Text.of(text.split(/\r\n?|\n/));
}

/** A piece of a text, and its replacement. */
export interface Change {
  from: number;
  to: number;
  insert: string;
}

/**
 * Returns the smallest single change that turns one text into another. Undo, cursor and marks
 * outside of it stay.
 */
export function smallestChange(before: string, after: string): Change | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  // A change must not cut a pair of surrogates in two.
  if (start > 0 && isHigh(before.charCodeAt(start - 1))) start--;
  let end = 0;
  while (
    end < shorter - start &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  ) {
    end++;
  }
  if (end > 0 && isLow(before.charCodeAt(before.length - end))) end--;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}

/**
 * Returns the change to `local` that adds what changed from `base` to `remote`. If both changed the
 * same place, both texts stay, the local one first.
 */
export function remoteChange(base: string, local: string, remote: string): ChangeSet {
  const theirs = changeSet(base, remote);
  return theirs.map(changeSet(base, local));
}

function changeSet(before: string, after: string): ChangeSet {
  const change = smallestChange(before, after);
  return ChangeSet.of(change ? [{ ...change, insert: textOf(change.insert) }] : [], before.length);
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
