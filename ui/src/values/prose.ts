/** A piece of a sentence: words, or a name or code from between backticks. */
export interface ProsePiece {
  text: string;
  code: boolean;
}

/**
 * Splits a sentence of the workbench into pieces. A backtick without a partner is text, and so is
 * an empty pair.
 */
export function piecesOf(sentence: string): ProsePiece[] {
  const parts = sentence.split(/`([^`]+)`/);
  return parts
    .map((text, index) => ({ text, code: index % 2 === 1 }))
    .filter(({ text }) => text !== '');
}
