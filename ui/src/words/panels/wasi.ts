// The words of `panels/Wasi.svelte`.

export const words = {
  startsStartRunRuns: ' and starts at _start: Run runs it to its end',
  moduleImportsWasi: (value: string) => `This module imports WASI${value}.`,
  moduleDoesNotImport: 'This module does not import WASI, so these settings have no effect on it.',
  programGetsOnlyThese:
    'A program gets only these settings: no other files, no network, nothing of your own environment.',
  programNameArgumentsEnvironm:
    'Program name, arguments and environment of a WASI program are set here.',
};
