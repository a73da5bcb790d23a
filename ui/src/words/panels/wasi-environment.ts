// The words of `panels/WasiEnvironment.svelte`.

export const words = {
  environment: 'Environment',
  name: 'Name',
  value: 'Value',
  remove: 'Remove',
  nameOf: (number: number) => `Name of variable ${number}`,
  valueOf: (name: string) => `Value of ${name}`,
  removeOne: (name: string) => `Remove ${name}`,
  namePlaceholder: 'NAME',
  nameOfNew: 'Name of a new variable',
  valuePlaceholder: 'value',
  valueOfNew: 'Value of a new variable',
  add: 'Add variable',
  pasteText: 'Paste .env text',
  textPlaceholder: 'NAME=value',
  text: 'Variables as .env text',
  addThese: 'Add these variables',
  noVariable: (line: number) => `Line ${line} is not NAME=VALUE.`,
};
