// The words of `editor/extensions.ts`.

export const words = {
  matchCase: 'Match case',
  regularExpression: 'Regular expression',
  wholeWords: 'Whole words',
  selectAll: 'select all',
  watSource: 'WAT source',
};
