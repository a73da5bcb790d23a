// The words of `panels/Wasi.svelte`.

export const words = {
  startsStartRunRuns: ' and starts at _start: Run runs it to its end',
  moduleImportsWasi: (value: string) => `This module imports WASI${value}.`,
  moduleImportsWasix: (value: string) =>
    `This module imports WASIX${value}. A runner of its own has that, without threads, processes and connections. The clocks and random bytes are those of this machine; a choice of others, rules and a trace are refused at Run, and calls are not recorded.`,
  moduleDoesNotImport: 'This module does not import WASI, so these settings have no effect on it.',
  programGetsOnlyThese:
    'A program gets only these settings: no other files, no network, nothing of your own environment.',
  programNameArgumentsEnvironm:
    'Program name, arguments and environment of a WASI program are set here.',
};
