import { expect, test } from 'vitest';
import type { GrowthFit, GrowthReport } from '../protocol.ts';
import { growthTable, lawOf, lawsTable, timeAt } from './growth.ts';

const FIT: GrowthFit = {
  ...{ law: 'exponential', offset: 10, slope: 2, base: 1.618, error: 0.0123, confidence: 0.991 },
};

const REPORT: GrowthReport = {
  order: {
    ...{ export: 'fib', arguments: ['0'], swept: 0, from: 1, to: 2000, points: 5 },
    ...{ contenders: [], time_ms: 1 },
  },
  entries: [
    {
      contender: { compiler: 'singlepass', engine: 'jit', optimisation: 'speed' },
      points: [{ n: 1, median: 5, low: 4, high: 6 }],
      ...{ fit: FIT, error: null },
    },
    {
      contender: { compiler: 'llvm', engine: 'jit', optimisation: 'speed' },
      points: [{ n: 2000, median: 7000, low: 6000, high: 8000 }],
      ...{ fit: null, error: null },
    },
  ],
};

test('a law gives the time of an argument', () => {
  expect(timeAt(FIT, 0)).toBe(12);
  expect(timeAt({ ...FIT, law: 'constant' }, 9)).toBe(10);
  expect(timeAt({ ...FIT, law: 'linear' }, 9)).toBe(28);
  expect(timeAt({ ...FIT, law: 'log_linear' }, 8)).toBe(58);
  expect(timeAt({ ...FIT, law: 'log_linear' }, 0)).toBe(10);
  expect(timeAt({ ...FIT, law: 'quadratic' }, 3)).toBe(28);
  expect([lawOf(FIT), lawOf({ ...FIT, law: 'log_linear' })]).toEqual(['1.62ⁿ', 'n log n']);
});

test('each contender has its law, and each argument its times', () => {
  expect(lawsTable(REPORT).rows).toEqual([
    ['Singlepass JIT', '1.62ⁿ', '10.0 ns + 2.00 ns · 1.62ⁿ', '99 %', '1.2 %'],
    ['LLVM JIT', 'too few values', '–', '–', '–'],
  ]);
  expect(growthTable(REPORT).rows).toEqual([
    ['1', '5.00 ns', '–'],
    ['2,000', '–', '7.00 µs'],
  ]);
});
