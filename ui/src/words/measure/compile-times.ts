// The words of `measure/CompileTimes.svelte` and `measure/compile-times.ts`.

import { count } from '../number.ts';

export const words = {
  compileTime: 'Compile time',
  measure: 'Measure compilation',
  bySteps: 'Compile time by step',
  byFunction: 'Compile time by function',
  stepHeading: 'Step',
  function: 'Function',
  time: 'time',
  share: 'share',
  wasmBytes: 'bytes of Wasm',
  codeBytes: 'bytes of code',
  step: {
    validate: 'validation',
    read: 'reading the module',
    functions: 'functions',
    trampolines: 'trampolines',
    finish: 'layout and linking',
  },
  compiled: (contender: string) => `${contender}, without the cache:`,
  more: (functions: number) => `${count(functions, 'more function')} not shown.`,
  note: 'The time of a function is all that its compiler did for it on one core: reading, optimising, and making the code. Several cores compile at once, so the sum is more than the time of the step. Functions are not compiled as fast when they are measured.',
  teach:
    'Measure compilation compiles the module once more with the settings of this tab, and shows how long each function and each step took.',
};
