// The words of `panels/GlobalExport.svelte`.

export const words = {
  global: 'global',
  copyValue: 'Copy value',
  copyName: 'Copy name',
  copyType: 'Copy type',
  noInstance: 'Press Run first, to make an instance.',
  mutable: (value: string) => `mutable ${value}`,
  value: (name: string) => `Value of ${name}`,
  newValue: (name: string) => `New value of ${name}`,
  set: (name: string) => `Set ${name}`,
  set2: 'Set',
};
