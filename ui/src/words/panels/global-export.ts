// The words of `panels/GlobalExport.svelte`.

export const words = {
  global: 'global',
  mutable: (value: string) => `mutable ${value}`,
  value: (name: string) => `Value of ${name}`,
  newValue: (name: string) => `New value of ${name}`,
  set: (name: string) => `Set ${name}`,
  set2: 'Set',
};
