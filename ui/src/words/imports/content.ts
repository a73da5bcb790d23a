// The words of `imports/content.ts`.

export const words = {
  writePairsDigitsF: 'Write pairs of the digits 0 to 9 and a to f.',
  eachByteTwoDigits: 'Each byte has two digits, and the last has one.',
  text: (encodeCount: string) => `${encodeCount} of text`,
};
