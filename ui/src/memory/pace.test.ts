import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { paced } from './pace.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const answer = () => new Promise<string>((resolve) => setTimeout(resolve, 10, 'here'));

/** Measures the time until a reply that takes 10 ms is handed on. */
async function time(guestRuns: () => boolean): Promise<number> {
  const began = performance.now();
  const asked = paced(answer, guestRuns).then((it) => [it, performance.now() - began] as const);
  await vi.advanceTimersByTimeAsync(10_000);
  const [it, took] = await asked;
  expect(it).toBe('here');
  return took;
}

test('while a guest runs, most of the time nothing is asked', async () => {
  expect(await time(() => true)).toBe(510);
});

test('without one the next question follows at once, also where it ends meanwhile', async () => {
  expect(await time(() => false)).toBe(10);
  const began = performance.now();
  expect(await time(() => performance.now() - began < 150)).toBeLessThan(250);
});
