import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Frames } from './frames.ts';

const STILL = 100;

// A clock of the browser with a frame every 16 ms.
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) =>
    setTimeout(callback, 16),
  );
  vi.stubGlobal('cancelAnimationFrame', clearTimeout);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('after a while in which nothing happens there are no more frames, until something does', () => {
  const frames = new Frames(STILL);
  let count = 0;
  const turn = () => {
    count++;
    frames.request(turn);
  };
  frames.request(turn);
  vi.advanceTimersByTime(1000);
  expect(count, 'nothing has happened yet').toBe(0);
  frames.wake();
  vi.advanceTimersByTime(1000);
  expect(count).toBe(Math.ceil(STILL / 16));
  frames.wake();
  vi.advanceTimersByTime(50);
  // An event in between makes them go on from there.
  frames.wake();
  vi.advanceTimersByTime(1000);
  expect(count).toBe(Math.ceil(STILL / 16) + Math.ceil((50 + STILL) / 16));
});

test('a frame that was given up does not come, whether it waits or was asked for', () => {
  const frames = new Frames(STILL);
  const come = vi.fn();
  frames.cancel(frames.request(come));
  frames.wake();
  frames.cancel(frames.request(come));
  vi.advanceTimersByTime(1000);
  expect(come).not.toHaveBeenCalled();
});
