/** A piece of a line of the guide: words, code, stressed pieces, or a link. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'strong'; pieces: Inline[] }
  | { kind: 'em'; pieces: Inline[] }
  | { kind: 'link'; href: string; pieces: Inline[] };

const PIECE =
  /`(?<code>[^`]+)`|\*\*(?<strong>.+?)\*\*|\*(?<em>[^*\s](?:[^*]*[^*\s])?)\*|\[(?<words>[^\]]+)\]\((?<href>[^)\s]+)\)/;

/** Splits a line into pieces. Everything outside of marks is text. */
export function inlineOf(line: string): Inline[] {
  const pieces: Inline[] = [];
  let rest = line;
  for (let found = PIECE.exec(rest); found; found = PIECE.exec(rest)) {
    if (found.index > 0) pieces.push({ kind: 'text', text: rest.slice(0, found.index) });
    const { code, strong, em, words, href } = found.groups ?? {};
    if (code !== undefined) pieces.push({ kind: 'code', text: code });
    else if (strong !== undefined) pieces.push({ kind: 'strong', pieces: inlineOf(strong) });
    else if (em !== undefined) pieces.push({ kind: 'em', pieces: inlineOf(em) });
    else pieces.push({ kind: 'link', href: href ?? '', pieces: inlineOf(words ?? '') });
    rest = rest.slice(found.index + found[0].length);
  }
  if (rest !== '') pieces.push({ kind: 'text', text: rest });
  return pieces;
}

/** Returns the text of pieces without their marks. */
export function wordsOf(pieces: readonly Inline[]): string {
  return pieces.map((piece) => ('pieces' in piece ? wordsOf(piece.pieces) : piece.text)).join('');
}
