// The words of `panels/Failure.svelte`.

export const words = {
  begins: (place: string) => `which begins on ${place}`,
  errorStackClipboard: 'The error and its stack are in the clipboard.',
  failed: 'Failed:',
  somewhereCompilerDoesNot: (nameOf: string) =>
    `Somewhere in \`${nameOf}\`: the compiler does not tell the exact place.`,
  choose: (compiler: string) => `Choose ${compiler}`,
  show: (imports: string) => `Show ${imports}`,
  letUnknownImportsTrap: 'Let unknown imports trap',
  moduleThenRunsUntil: 'The module then runs until it calls one of them.',
  unknownImportsTrapFrom: 'Unknown imports trap from the next Run on.',
  providedNow: 'No import is missing now. Press **Run**.',
  stackInnermostCallFirst: 'Stack, innermost call first',
  begins2: 'begins on',
  anotherModule: 'in another module',
  callsMore: (number: number) => `and ${number} calls more`,
  copyStack: 'Copy stack',
};
