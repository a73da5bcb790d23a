// The age of a moment in words.

import { words as say } from '../words/values/age.ts';

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['week', 7 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

const WORDS = new Intl.RelativeTimeFormat('en-GB');

/**
 * Formats the age of a moment in its largest whole unit: `3 hours ago`. The arguments are in
 * milliseconds since 1970.
 */
export function formatAge(then: number, now: number): string {
  const age = now - then;
  const step = STEPS.find(([, size]) => Math.abs(age) >= size);
  // Another machine's clock may be ahead of this one, so its artifact can be from the near future.
  return step ? WORDS.format(-Math.trunc(age / step[1]), step[0]) : say.justNow;
}

/** Returns the beginning of the day of a moment, here, in milliseconds since 1970. */
export function dayOf(moment: number): number {
  return new Date(moment).setHours(0, 0, 0, 0);
}
