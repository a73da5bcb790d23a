/**
 * How many times as long as an answer took nothing more is asked while a guest runs: that leaves it
 * all but 2 % of a core.
 */
const GENTLE = 50;

/** Milliseconds between two looks at whether the guest still runs. */
const LOOK = 100;

/**
 * Asks, and while a guest runs waits after the answer: who goes through all of a memory takes its
 * bandwidth from the guest.
 */
export async function paced<T>(ask: () => Promise<T>, guestRuns: () => boolean): Promise<T> {
  const began = performance.now();
  const answer = await ask();
  const end = performance.now() + GENTLE * (performance.now() - began);
  for (
    let left = end - performance.now();
    guestRuns() && left > 0;
    left = end - performance.now()
  ) {
    await new Promise((resolve) => setTimeout(resolve, Math.min(LOOK, left)));
  }
  return answer;
}
