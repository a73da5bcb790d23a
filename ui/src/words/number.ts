// Numbers in sentences.

const NUMBER = new Intl.NumberFormat('en-GB');

/** Formats a number with a separator between thousands. */
export function grouped(number: number): string {
  return NUMBER.format(number);
}

/** Formats a count with a separator between thousands and its noun: `1 page`, `16,384 pages`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${grouped(number)} ${number === 1 ? one : many}`;
}
