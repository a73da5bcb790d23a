// The words of `panels/Problems.svelte`.

export const words = {
  goPlace: 'Go to its place',
  copyMessage: 'Copy message',
  noProblemsMistakesText:
    'No problems. Mistakes in the text are underlined while you type and listed here, with the next step.',
  lastRunBeforeYour: 'The last Run, before your change',
  lastRun: 'The last Run',
  source: 'The source',
  error: 'Error',
  warning: 'Warning',
};
