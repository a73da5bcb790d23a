// The words of `measure/Instructions.svelte` and `measure/instructions.ts`.

import { count } from '../number.ts';

export const words = {
  instructions: 'Instructions',
  byFunction: 'Instructions by function',
  function: 'Function',
  heading: 'instructions',
  share: 'share',
  calls: 'calls',
  total: (instructions: number, functions: number) =>
    `The last call executed ${count(instructions, 'instruction')} in ${count(functions, 'function')}.`,
  more: (functions: number) => `${count(functions, 'more function')} not shown.`,
  note: 'The instructions of a function are its own, without those of the functions that it calls. The count does not depend on the compiler or the machine.',
  run: 'Press Run, and call a function: its instructions are counted.',
  teach:
    'Code that counts its instructions shows here how many each function executed. The count is the same on every machine and in every run. Such code takes up to 1.4 times as long.',
  count: 'Count instructions',
};
