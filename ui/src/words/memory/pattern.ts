// The words of `memory/pattern.ts`.

export const words = {
  hex: 'Hex',
  utfText: 'UTF-8 text',
  utfText2: 'UTF-16 text',
  bitInteger: '8-bit integer',
  bitInteger2: '16-bit integer',
  bitInteger3: '32-bit integer',
  bitInteger4: '64-bit integer',
  bitFloat: '32-bit float',
  bitFloat2: '64-bit float',
  typeSomethingSearch: 'Type something to search for.',
  writePairsHexadecimalDigits: 'Write pairs of hexadecimal digits, such as 7f 45 4c 46.',
  writeWholeNumberSuch: 'Write a whole number, such as 42, -1 or 0x2a.',
  doesNotFitInto: (value: bigint, bits: number) => `${value} does not fit into ${bits} bits.`,
  writeNumberSuchE10: 'Write a number, such as 1.5, -2e10, inf or nan.',
};
