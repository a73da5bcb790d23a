// What a failed test tells beside its message, for whoever only has the output.

import { afterEach } from 'vitest';

/** Adds to the message of each try of a test that failed what was to be seen then. */
export function tellWhatWasShown(shown: () => Promise<string>): void {
  // The errors of the first try are still there after the second.
  const told = new WeakSet<object>();
  afterEach(async ({ task }) => {
    const errors = (task.result?.errors ?? []).filter((error) => !told.has(error));
    for (const error of errors) told.add(error);
    if (errors[0]) errors[0].message += `\n\nThe page showed:\n\n${await shown()}`;
  });
}
