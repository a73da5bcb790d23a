// The words of `memory/SearchBar.svelte`.

export const words = {
  searchCancelled: 'The search was cancelled.',
  memoryDoesNotContain: (text: string) => `This memory does not contain “${text}”.`,
  fromEnd: 'from the end',
  fromBeginning: 'from the beginning',
  again: (from: string) => `, ${from} again`,
  found: (found: string, value: string) => `Found at 0x${found}${value}.`,
  searchMemory: (suffix: string) => `Search this memory${suffix}`,
  searchMemory2: 'Search memory',
  searchMemory3: (suffix: string) => `Search memory${suffix}`,
  search: (suffix: string) => `Search for${suffix}`,
  bigEndian: 'Big-endian',
  searchProgress: 'Search progress',
  cancelSearch: 'Cancel search',
  previous: 'Previous',
  next: 'Next',
};
