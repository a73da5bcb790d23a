import { expect, test } from 'vitest';
import { compileTimesTable, stepsTable } from './compile-times.ts';

const TIMES = {
  compile_ns: 2_000_000,
  steps: [
    { step: 'read', ns: 500_000 },
    { step: 'functions', ns: 1_500_000 },
  ] as const,
  functions: [
    { index: 0, name: 'fib', ns: 2_000_000, wasm_bytes: 30, code_bytes: 120 },
    { index: 3, name: null, ns: 500_000, wasm_bytes: 1200, code_bytes: null },
  ],
  count: 2,
  functions_ns: 2_500_000,
};

test('a function has its time, its share of all functions and its sizes', () => {
  expect(compileTimesTable({ ...TIMES, steps: [...TIMES.steps] }).rows).toEqual([
    ['$fib', '2.00 ms', '80.0 %', '30', '120'],
    ['function 3', '500 µs', '20.0 %', '1,200', '–'],
  ]);
});

test('a step has its share of the whole compilation', () => {
  expect(stepsTable({ ...TIMES, steps: [...TIMES.steps] }).rows).toEqual([
    ['reading the module', '500 µs', '25.0 %'],
    ['functions', '1.50 ms', '75.0 %'],
  ]);
});
