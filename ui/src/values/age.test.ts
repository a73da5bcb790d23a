import { expect, it } from 'vitest';
import { dayOf, formatAge } from './age.ts';

it.each([
  [0, 'just now'],
  [59_000, 'just now'],
  [-30_000, 'just now'],
  [60_000, '1 minute ago'],
  [3_599_000, '59 minutes ago'],
  [7_200_000, '2 hours ago'],
  [86_400_000, '1 day ago'],
  [13 * 86_400_000, '1 week ago'],
  [400 * 86_400_000, '1 year ago'],
  [-7_200_000, 'in 2 hours'],
])('an age of %d ms is "%s"', (age, text) => {
  expect(formatAge(1_800_000_000_000, 1_800_000_000_000 + age)).toBe(text);
});

it('a day begins at midnight, here', () => {
  const noon = new Date(2026, 10, 29, 12, 30).getTime();
  expect(dayOf(noon)).toBe(new Date(2026, 10, 29).getTime());
});
