/**
 * The rest after a reply while a guest runs, as a multiple of the time that the reply took. It
 * leaves the guest all but 2 % of a core.
 */
const GENTLE = 50;

/** The milliseconds between two checks of whether the guest still runs. */
const LOOK = 100;

/**
 * Sends a request and rests after the reply while a guest runs, because reading all of a memory
 * takes bandwidth from the guest.
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
