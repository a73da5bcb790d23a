// The words of `terminal/FindBar.svelte`.

export const words = {
  noMatch: 'No match',
  matches: (count_: number) => `${count_} matches`,
  of: (number: number, count_: number) => `${number} of ${count_}`,
  searchConsole: 'Search the console',
  find: 'Find',
  textFind: 'Text to find',
  previous: 'Previous',
  next: 'Next',
  matches2: 'Matches',
  close: 'Close',
};
