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

/** A piece of a sentence of the catalogue. */
export interface RichPiece {
  text: string;
  kind: 'text' | 'code' | 'name' | 'key';
}

const KINDS = { '`': 'code', '*': 'name', '[': 'key' } as const;

/** Splits a sentence of the catalogue into pieces: `code`, **names** of controls and [[keys]]. */
export function richPiecesOf(sentence: string): RichPiece[] {
  const marked = sentence.matchAll(/(`)([^`]+)`|(\*)\*(.+?)\*\*|(\[)\[(.+?)\]\]|[^`*[]+|./gs);
  const pieces: RichPiece[] = [];
  for (const [whole, ...groups] of marked) {
    const [mark, inner] = groups.filter((group) => group !== undefined);
    const kind = mark === undefined ? 'text' : KINDS[mark as keyof typeof KINDS];
    const last = pieces.at(-1);
    if (kind === 'text' && last?.kind === 'text') last.text += whole;
    else pieces.push({ text: inner ?? whole, kind });
  }
  return pieces;
}
