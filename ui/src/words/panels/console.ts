// The words of `panels/Console.svelte`.

export const words = {
  selectionCopied: 'The selection is in the clipboard.',
  consoleCopied: 'The console is in the clipboard.',
  log: 'log',
  exitCode: 'Exit code',
  exitStatus: (exit: number) => `Exit status ${exit}`,
  copy: 'Copy',
  clear: 'Clear',
  clearConsole: 'Clear console',
  output: 'Output',
  whatProgramWritesStandard:
    'The output of a program appears here while it runs. A module writes through WASI: see the lessons.',
  leftOutTheyCame: (skipped: string) => `${skipped} left out: they came too fast to be shown.`,
};
