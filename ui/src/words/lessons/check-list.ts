// The words of `lessons/CheckList.svelte`.

export const words = {
  checks: 'Checks',
  states: { passed: 'Passed: ', failed: 'Failed: ', skipped: 'Not tried: ' },
  predictFirst: 'Predict first. **Check** shows the results.',
  checking: 'Checking…',
  changed: 'The text has changed since this check.',
  allPass: 'All checks pass.',
  somePass: (passed: number, all: number) => `${passed} of ${all} checks pass.`,
  smallestInput: 'Smallest input',
  cameOut: 'Came out',
  found: 'Found',
  yourAnswer: 'Your answer',
  lookAtIt: 'Press **Run**, call the function of the question, and look at its result.',
  expected: 'Expected',
  call: (call: string) => `Call ${call}`,
};
