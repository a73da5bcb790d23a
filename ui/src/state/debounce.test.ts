import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Debounce } from './debounce.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('only the last of several values is passed on', () => {
  const given: string[] = [];
  const later = new Debounce<string>((value) => given.push(value), new Set());
  for (const value of ['a', 'ab', 'abc']) later.set(value);
  expect(given).toEqual([]);
  vi.runAllTimers();
  expect(given).toEqual(['abc']);
  later.flush();
  expect(given).toEqual(['abc']);
});

it('what nobody takes any more is let go of', () => {
  const undone = new Set<() => void>();
  const later = new Debounce<number>(() => expect.unreachable(), undone);
  later.set(1);
  later.drop();
  vi.runAllTimers();
  expect([undone.size, later.waits]).toEqual([0, false]);
});

it('who needs everything done now gets it done, once', () => {
  const undone = new Set<() => void>();
  const given: number[] = [];
  const later = new Debounce<number>((value) => given.push(value), undone);
  later.set(1);
  for (const flush of undone) flush();
  expect([given, undone.size, later.waits]).toEqual([[1], 0, false]);
  vi.runAllTimers();
  expect(given).toEqual([1]);
});
