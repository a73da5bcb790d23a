import { expect, it } from 'vitest';
import { describeMoment } from './moment.ts';

it('describes a moment for people and for programs', () => {
  const described = describeMoment(1_800_000_000_000, 1_800_000_060_000);
  expect(described?.text).toMatch(/^1 minute ago, 15 Jan 2027/);
  expect(described?.iso).toBe('2027-01-15T08:00:00.000Z');
});

it.each([8.64e15 + 1, 2 ** 64, Number.NaN, Number.POSITIVE_INFINITY, -9e15])(
  'says of %d that it is no moment',
  (then) => expect(describeMoment(then, 0)).toBeNull(),
);
