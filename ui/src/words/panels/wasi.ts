// The words of `panels/Wasi.svelte`.

export const words = {
  startsStartRunRuns: ' and starts at _start: Run runs it to its end',
  moduleImportsWasi: (value: string) => `This module imports WASI${value}.`,
  moduleDoesNotImport: 'This module does not import WASI, so these settings have no effect on it.',
  programGetsOnlyThese:
    'A program gets only these settings: no other files, no network, nothing of your own environment.',
  programName: 'Program name',
  arguments: 'Arguments',
  oneArgumentEachLine: 'One argument on each line. Quotes are not needed.',
  environment: 'Environment',
  nameVariable: (number: number) => `Name of variable ${number}`,
  value: (name: string) => `Value of ${name}`,
  remove: (name: string) => `Remove ${name}`,
  name: 'NAME',
  nameNewVariable: 'Name of a new variable',
  value2: 'value',
  valueNewVariable: 'Value of a new variable',
  addVariable: 'Add variable',
  programNameArgumentsEnvironm:
    'Program name, arguments and environment of a WASI program are set here.',
};
