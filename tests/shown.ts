// The state of the page in the message of a failed test, for readers who only have the output.

import { afterEach } from 'vitest';

/** Adds the state of the page to the message of each failed try. */
export function tellWhatWasShown(shown: () => Promise<string>): void {
  // The errors of the first try are still there after the second.
  const told = new WeakSet<object>();
  afterEach(async ({ task }) => {
    const errors = (task.result?.errors ?? []).filter((error) => !told.has(error));
    for (const error of errors) told.add(error);
    if (errors[0]) errors[0].message += `\n\nThe page showed:\n\n${await shown()}`;
  });
}
