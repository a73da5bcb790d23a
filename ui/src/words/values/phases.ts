// The words of `values/phases.ts`.

export const words = {
  /** The phases of a run. */
  names: {
    parse: 'parse',
    start: 'start',
    compile: 'compile',
    seal: 'seal',
    load: 'load',
    instantiate: 'instantiate',
    call: 'call',
  },
};
