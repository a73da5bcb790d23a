// The pages of the guide, read from docs/guide.

import { wordsOf } from './inline.ts';
import { blocksOf, type Block } from './markdown.ts';

/** A page of the guide. */
export interface GuidePage {
  /** Its path from `docs/guide`, as links name it. */
  path: string;
  title: string;
  blocks: Block[];
}

const TEXTS = import.meta.glob<string>(
  [
    '../../../docs/guide/*.md',
    '../../../docs/imports.md',
    '../../../docs/known.md',
    '../../../SECURITY.md',
  ],
  { query: '?raw', import: 'default', eager: true },
);

/** The start page, from which all others are found. */
export const FIRST = 'README.md';

/** All pages, by their path. */
export const PAGES: ReadonlyMap<string, GuidePage> = new Map(
  Object.entries(TEXTS).map(([file, text]) => {
    const path = file
      .replace('../../../docs/guide/', '')
      .replace('../../../docs/', '../')
      .replace('../../../', '../../');
    const blocks = blocksOf(text);
    const [first] = blocks;
    return [
      path,
      { path, title: first?.kind === 'heading' ? wordsOf(first.pieces) : path, blocks },
    ];
  }),
);

/** The target of a link: a page and a heading of it, or an address outside of the guide. */
export type Target = { page: string; heading: string } | { outside: string };

/** Resolves a link from the page that contains it. */
export function follow(href: string, from: string): Target {
  if (/^[a-z]+:/.test(href)) return { outside: href };
  const { pathname, hash } = new URL(href, `https://guide.invalid/docs/guide/${from}`);
  const path = href.startsWith('#')
    ? from
    : pathname.startsWith('/docs/guide/')
      ? pathname.slice('/docs/guide/'.length)
      : pathname.startsWith('/docs/')
        ? `../${pathname.slice('/docs/'.length)}`
        : `../..${pathname}`;
  return PAGES.has(path) ? { page: path, heading: hash.slice(1) } : { outside: href };
}
