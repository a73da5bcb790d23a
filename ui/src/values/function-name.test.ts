import { expect, test } from 'vitest';
import { functionName } from './function-name.ts';

test('a function is called by its name, else by its export and its index, else by its index', () => {
  expect(functionName(3, 'half')).toBe('$half');
  expect(functionName(3, '$half')).toBe('$half');
  expect(functionName(3, '"main"')).toBe('"main" (function 3)');
  expect(functionName(3, null)).toBe('function 3');
  expect(functionName(0, undefined)).toBe('function 0');
});
