// The guide's Markdown, parsed into blocks.

import { inlineOf, wordsOf, type Inline } from './inline.ts';

/** A part of a page, from top to bottom. */
export type Block =
  | { kind: 'heading'; level: number; id: string; pieces: Inline[] }
  | { kind: 'paragraph'; pieces: Inline[] }
  | { kind: 'picture'; path: string; about: string }
  | { kind: 'code'; text: string }
  | { kind: 'list'; ordered: boolean; items: Block[][] }
  | { kind: 'table'; head: Inline[][]; rows: Inline[][][] };

const FENCE = /^```/;
const HEADING = /^(#{1,4}) (.*)$/;
const PICTURE = /^!\[([^\]]*)\]\(([^)]+)\)$/;
const ITEM = /^(- |\d+\. )/;

/** Parses a page into blocks, with as much of Markdown as the guide uses. */
export function blocksOf(text: string): Block[] {
  const lines = text.split('\n');
  const blocks: Block[] = [];
  let at = 0;
  /** Takes the lines up to the first that does not fit. */
  const take = (fits: (line: string) => boolean): string[] => {
    const start = at;
    while (at < lines.length && fits(lines[at] ?? '')) at++;
    return lines.slice(start, at);
  };
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const heading = HEADING.exec(line);
    const picture = PICTURE.exec(line);
    if (line.trim() === '') at++;
    else if (heading) {
      at++;
      const pieces = inlineOf(heading[2] ?? '');
      blocks.push({
        kind: 'heading',
        level: heading[1]?.length ?? 1,
        id: slugOf(wordsOf(pieces)),
        pieces,
      });
    } else if (picture) {
      at++;
      blocks.push({ kind: 'picture', about: picture[1] ?? '', path: picture[2] ?? '' });
    } else if (FENCE.test(line)) {
      at++;
      blocks.push({ kind: 'code', text: take((one) => !FENCE.test(one)).join('\n') });
      at++;
    } else if (line.startsWith('|')) {
      const [head, , ...rows] = take((one) => one.startsWith('|')).map(cellsOf);
      blocks.push({ kind: 'table', head: head ?? [], rows });
    } else if (ITEM.test(line)) {
      blocks.push(listOf(take((one) => ITEM.test(one) || /^\s/.test(one) || one === '')));
    } else {
      const plain = (one: string) =>
        one.trim() !== '' && !/^(\||```|#{1,4} )/.test(one) && !ITEM.test(one);
      blocks.push({ kind: 'paragraph', pieces: inlineOf(take(plain).join(' ')) });
    }
  }
  return blocks;
}

/** Returns the anchor of a heading, as GitHub makes it. */
export function slugOf(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

function cellsOf(line: string): Inline[][] {
  const cells = line.replace(/^\||\|\s*$/g, '').split(/(?<!\\)\|/);
  return cells.map((cell) => inlineOf(cell.trim().replaceAll('\\|', '|')));
}

/** Parses a list. Each item includes the lines that are indented below it. */
function listOf(lines: readonly string[]): Block {
  const items: string[][] = [];
  for (const line of lines) {
    if (ITEM.test(line)) items.push([line.replace(ITEM, '')]);
    else items.at(-1)?.push(line.replace(/^ {1,3}/, ''));
  }
  const ordered = !(lines[0] ?? '').startsWith('- ');
  return { kind: 'list', ordered, items: items.map((item) => blocksOf(item.join('\n'))) };
}
