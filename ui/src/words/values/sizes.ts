// The words of `values/sizes.ts`.

export const words = {
  allText: 'All text',
  code: 'Code',
  results: 'Results',
  memory: 'Memory',
  console: 'Console',
  graphs: 'Graphs',
};
