import { expect, test } from 'vitest';
import { describeFunction } from './function.ts';

test('a function is called by its name, else by its export and its index, else by its index', () => {
  expect(describeFunction('half', 3)).toBe('$half');
  expect(describeFunction('$half', 3)).toBe('$half');
  expect(describeFunction('"main"', 3)).toBe('"main" (func 3)');
  expect(describeFunction(null, 3)).toBe('func 3');
  expect(describeFunction(undefined, 0)).toBe('func 0');
});
