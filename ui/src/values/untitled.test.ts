import { expect, test } from 'vitest';
import { untitled } from './untitled.ts';

test('a new tab has a title that no open tab has', () => {
  expect(untitled([])).toBe('untitled.wat');
  expect(untitled(['fib.wat', 'untitled.wat'])).toBe('untitled-2.wat');
  expect(untitled(['untitled-2.wat', 'untitled.wat', 'untitled-4.wat'])).toBe('untitled-3.wat');
  expect(untitled(['untitled-2.wat'])).toBe('untitled.wat');
});
