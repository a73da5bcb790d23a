// Describes a time from a file, which may be any number.

import { formatAge } from './age.ts';

const EXACT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** Describes a time for people and for programs. Null if no clock can show it. */
export function describeMoment(then: number, now: number): { text: string; iso: string } | null {
  const date = new Date(then);
  if (Number.isNaN(date.getTime())) return null;
  return { text: `${formatAge(then, now)}, ${EXACT.format(date)}`, iso: date.toISOString() };
}
