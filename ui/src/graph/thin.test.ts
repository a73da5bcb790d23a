import { expect, test } from 'vitest';
import { thinned } from './thin.ts';

const line = (ys: readonly number[]) => ({ xs: ys.map((_, at) => at + 1), ys });

test('a peak and a dip of one figure among a million are drawn', () => {
  const ys = Array.from({ length: 1_000_000 }, () => 5);
  [ys[123_456], ys[777_777]] = [900, 0.001];
  const seen = thinned(line(ys), 0, 1_000_001, 1000);
  expect(seen.ys).toContain(900);
  expect(seen.ys).toContain(0.001);
  expect(seen.xs.length).toBeLessThanOrEqual(4000);
  expect(seen.xs).toEqual(seen.xs.toSorted((a, b) => a - b));
});

test('few figures are all drawn', () => {
  const few = line([3, 1, 2]);
  expect(thinned(few, 0.5, 3.5, 600)).toEqual(few);
  expect(thinned(line([]), 0, 1, 10)).toEqual(line([]));
});

test('of the figures beside the view, only the nearest are drawn', () => {
  const seen = thinned(line([1, 2, 3, 4, 5, 6, 7, 8]), 3.5, 5.5, 100);
  expect(seen.xs).toEqual([3, 4, 5, 6]);
  expect(thinned(line([1, 2, 3]), 7, 9, 10).xs).toEqual([3]);
});
