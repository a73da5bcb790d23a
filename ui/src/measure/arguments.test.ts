import { expect, test } from 'vitest';
import { argumentsIn, whyNotCalled } from './arguments.ts';

test('each word is an argument, and the lanes of a v128 are one', () => {
  expect(argumentsIn('', [])).toEqual([]);
  expect(argumentsIn('  30   -1 ', ['i32', 'i64'])).toEqual(['30', '-1']);
  expect(argumentsIn('i64x2 1 2 7', ['v128', 'i32'])).toEqual(['i64x2 1 2', '7']);
  expect(argumentsIn('0x10 7', ['v128', 'i32'])).toEqual(['0x10', '7']);
});

test('missing arguments are named with their types', () => {
  expect(whyNotCalled('fib', ['i32'], [])).toBe(
    'fib needs argument 1 (i32). Type it after “with”.',
  );
  expect(whyNotCalled('put', ['i32', 'i64', 'f32'], ['1'])).toBe(
    'put needs argument 2 (i64) and argument 3 (f32). Type them after “with”.',
  );
});

test('an argument too many and one that does not fit are told', () => {
  expect(whyNotCalled('fib', ['i32'], ['1', '2'])).toBe('fib has 1 parameter, not 2.');
  expect(whyNotCalled('fib', ['i32'], ['many'])).toMatch(/^Argument 1: /);
  expect(whyNotCalled('fib', ['i32'], ['30'])).toBeNull();
  expect(whyNotCalled('now', [], [])).toBeNull();
});
