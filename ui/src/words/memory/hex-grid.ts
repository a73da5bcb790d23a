// The words of `memory/HexGrid.svelte`.

export const words = {
  memoryEmpty: 'The memory is empty.',
  tooManyBytesSelected: 'Too many bytes are selected: save them as a file.',
  copy: (copie: string) => `Copy as ${copie}`,
  copyAddress: 'Copy address',
  selectAll: 'Select all',
  fillZeros: 'Fill with zeros',
  undo: 'Undo',
  redo: 'Redo',
  goAddress: 'Go to an address…',
  search: 'Search…',
  address: 'Address',
  text: 'Text',
};
