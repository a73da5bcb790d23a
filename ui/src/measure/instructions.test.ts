import { expect, test } from 'vitest';
import { instructionsTable } from './instructions.ts';

test('a function has its instructions, its share and its calls', () => {
  const { rows } = instructionsTable({
    counted: true,
    total: 4_000_000,
    functions: [
      { index: 0, name: 'fib', instructions: 3_000_000, calls: 2500 },
      { index: 3, name: null, instructions: 1_000_000, calls: 1 },
    ],
    count: 2,
  });
  expect(rows).toEqual([
    ['$fib', '3,000,000', '75.0 %', '2,500'],
    ['function 3', '1,000,000', '25.0 %', '1'],
  ]);
});

test('a call of no instruction has no share', () => {
  const functions = [{ index: 0, name: 'f', instructions: 0, calls: 1 }];
  const { rows } = instructionsTable({ counted: true, total: 0, functions, count: 1 });
  expect(rows).toEqual([['$f', '0', '0.0 %', '1']]);
});
