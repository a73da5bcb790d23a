// The words of `panels/Functions.svelte`.

import { grouped } from '../number.ts';

export const words = {
  functions: 'Functions',
  search: 'Search functions',
  searchHint: 'Name or index',
  none: 'No function has these letters in its name, or this index.',
  showMore: (shown: number, all: number) =>
    `Show more (${grouped(shown)} of ${grouped(all)} are shown)`,
  choose: 'Choose a function, and its text is shown here.',
  textOf: (name: string) => `Text of ${name}`,
  cut: 'This function is longer. **Download WAT** of the toolbar has all of it.',
};
