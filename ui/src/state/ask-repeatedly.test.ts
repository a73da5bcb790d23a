import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { askRepeatedly } from './ask-repeatedly.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('the next question waits for the answer to the last one, also where that fails', async () => {
  const answers: { give: () => void; fail: () => void }[] = [];
  const ask = vi.fn(
    () =>
      new Promise<void>((resolve, reject) =>
        answers.push({ give: resolve, fail: () => reject(new Error('no')) }),
      ),
  );
  const end = askRepeatedly(ask, 10);
  await vi.advanceTimersByTimeAsync(100);
  expect(ask).toHaveBeenCalledTimes(1);
  answers[0]?.give();
  await vi.advanceTimersByTimeAsync(10);
  expect(ask).toHaveBeenCalledTimes(2);
  answers[1]?.fail();
  await vi.advanceTimersByTimeAsync(10);
  expect(ask).toHaveBeenCalledTimes(3);
  end();
  answers[2]?.give();
  await vi.advanceTimersByTimeAsync(100);
  expect(ask).toHaveBeenCalledTimes(3);
});
