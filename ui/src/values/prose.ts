/** A piece of a sentence: words, or a name or code that stands in backticks there. */
export interface Piece {
  text: string;
  code: boolean;
}

/**
 * A sentence of the workbench in pieces. A backtick that nothing closes, or with nothing in it, is
 * one of the words.
 */
export function piecesOf(sentence: string): Piece[] {
  const parts = sentence.split(/`([^`]+)`/);
  return parts
    .map((text, index) => ({ text, code: index % 2 === 1 }))
    .filter(({ text }) => text !== '');
}
