// The words of `panels/CallResult.svelte`.

import { count } from '../number.ts';

export const words = {
  instructions: (number: number) => count(number, 'instruction'),
  doneNoResult: 'Done (no result).',
  exitedStatus: (status: number) => `Exited with status **${status}**`,
  times: (name: string) => `Times of ${name}`,
};
