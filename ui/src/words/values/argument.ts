// The words of `values/argument.ts`.

export const words = {
  giveSuch: (article: string, example: string) => `Give ${article}, such as ${example}.`,
  i32: 'an i32',
  i64: 'an i64',
  f32: 'an f32',
  f64: 'an f64',
  funcref: 'a funcref',
  externref: 'an externref',
  exnref: 'an exnref',
  onlyNullCanGiven: 'Only null can be given as an exnref.',
  writeWholeNumberSuch: 'Write a whole number, such as 42, -1, 0x2a or 0b101.',
  doesNotFitInto: (width: number, least: bigint, most: bigint) =>
    `It does not fit into ${width} bits. Write a number from ${least} to ${most}.`,
  writeNumberSuchE10: 'Write a number, such as 1.5, -2e10, 0x1.8p3, inf or nan.',
  writeUpDigitsLanes: 'Write 0x and up to 32 digits, or lanes such as i32x4 1 2 3 4.',
  lanesNot: (shape: string, countOf: number, givenCount: number) =>
    `${shape} has ${countOf} lanes, not ${givenCount}.`,
  lane: (number: number, lane: string, wrong: string) => `Lane ${number}, ${lane}: ${wrong}`,
  writeNullNumber: (word: string) => `Write null, or ${word} and a number.`,
};
