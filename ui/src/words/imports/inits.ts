// The words of `imports/Inits.svelte`.

export const words = {
  memoryCanBegin: (name: string, size: string, most_init_bytes: string) =>
    `${name} has ${size}; a memory can begin with ${most_init_bytes}.`,
  content: (of: string, number: number) => `${of}, content ${number}`,
  byte: 'At byte',
  text: 'Text',
  hexadecimal: 'Hexadecimal',
  eGDeAd: 'e.g. de ad be ef',
  file: 'File',
  removeContent: (number: number, of: string) => `Remove content ${number} of ${of}`,
  remove: 'Remove',
  begins: 'Begins with',
  addContent: (of: string) => `Add content to ${of}`,
  hex: 'Hex',
  file2: 'File…',
  file3: (of: string) => `File for ${of}`,
};
