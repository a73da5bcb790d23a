// The overview of all of a memory, part by part.

import { words as say } from '../words/memory/strip.ts';

/** The state of a part of the memory in the overview. */
export type Part = 'zero' | 'data' | 'changed';

/**
 * Returns the state of each part, from its hash now and its hash when changes began to be counted.
 */
export function partsOf(now: readonly bigint[], before: readonly bigint[] | null): Part[] {
  return now.map((hash, index) => {
    if (before && before[index] !== hash) return 'changed';
    return hash === 0n ? 'zero' : 'data';
  });
}

/** Returns a CSS background that shows the parts from left to right, in colours of the theme. */
export function gradientOf(parts: readonly Part[]): string {
  const stops: string[] = [];
  parts.forEach((part, index) => {
    if (part === parts[index - 1]) return;
    let end = index;
    while (parts[end] === part) end++;
    const percent = (edge: number) => `${Number(((edge / parts.length) * 100).toFixed(4))}%`;
    stops.push(`var(--part-${part}) ${percent(index)} ${percent(end)}`);
  });
  return stops.length === 0 ? 'none' : `linear-gradient(to right, ${stops.join(', ')})`;
}

/** Describes the parts in words. */
export function describeParts(parts: readonly Part[]): string {
  const changed = parts.filter((part) => part === 'changed').length;
  const data = parts.filter((part) => part === 'data').length + changed;
  const some = (count: number) => (count === 0 ? 'none' : `${count}`);
  return say.partsHoldDataDid(some(data), parts.length, some(changed));
}
