// The words of `panels/WasiArguments.svelte`.

export const words = {
  arguments: 'Arguments',
  help: 'Separated by blanks or lines. Quote an argument with blanks, as in a shell.',
  list: 'List of arguments',
  argument: (number: number) => `Argument ${number}`,
  moves: 'Alt+↑ and Alt+↓ move it',
  moveUp: (number: number) => `Move argument ${number} up`,
  moveDown: (number: number) => `Move argument ${number} down`,
  remove: (number: number) => `Remove argument ${number}`,
  add: 'Add argument',
  moved: (from: number, to: number) => `Argument ${from} is argument ${to} now.`,
  quoteHasNoEnd: (quote: string) => `The quote ${quote} has no end.`,
};
