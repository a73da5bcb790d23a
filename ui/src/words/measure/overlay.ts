// The words of `measure/overlay.ts` and `measure/Overlay.svelte`.

export const words = {
  ofBench: (title: string, call: string, time: string) => `${title}, ${call}, ${time}`,
  twoBenches: 'Two benches',
  twoHelp: 'Lays the times of any two benches of this tab over one another',
  first: 'First bench',
  second: 'Second bench',
  with: 'with',
  compared: (first: string, second: string, ratio: string, low: string, high: string) =>
    `${first} takes ${ratio}× the time of ${second} (${low} to ${high}).`,
  verdict: (verdict: 'faster' | 'slower' | 'cannot_tell', first: string) =>
    verdict === 'cannot_tell'
      ? 'The samples cannot tell which is faster.'
      : `${first} is ${verdict}.`,
  paired: 'They took turns, so this is a ratio of pairs.',
  apart:
    'They did not take turns, so a difference as small as the noise of the machine is not told.',
};
