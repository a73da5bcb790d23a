// The words of `chrome/StatusBar.svelte`.

export const words = {
  status: 'Status',
  takeTour: 'New here? Take the tour',
  stop: 'Stop',
  run: 'Run',
  lastRun: 'Last run',
  noProblems: 'No problems',
  backLine: (back: number) => `Back to line ${back}`,
  lineColumn: (line: number, column: number) => `Line ${line}, column ${column}`,
  layout: 'Layout',
};
