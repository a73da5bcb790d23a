// The search in the guide.

import { wordsOf } from './inline.ts';
import type { Block } from './markdown.ts';
import type { GuidePage } from './pages.ts';

/** A section of a page that contains the words. */
export interface SearchHit {
  page: string;
  title: string;
  /** The heading above it; empty at the top of a page. */
  heading: string;
  id: string;
  /** The text around the first word. */
  around: string;
}

interface Section extends Omit<SearchHit, 'around'> {
  text: string;
}

/** The characters on both sides of the first word. */
const AROUND = 60;
/** The most results, because a longer list is not read. */
const MOST = 40;

/** Splits all pages into sections, once for all searches. */
export function sectionsOf(pages: Iterable<GuidePage>): Section[] {
  return [...pages].flatMap(({ path, title, blocks }) => {
    const sections: Section[] = [{ page: path, title, heading: '', id: '', text: '' }];
    for (const block of blocks) {
      if (block.kind === 'heading' && block.level > 1) {
        sections.push({
          page: path,
          title,
          heading: wordsOf(block.pieces),
          id: block.id,
          text: '',
        });
      } else {
        const last = sections.at(-1);
        if (last && block.kind !== 'heading') last.text += `${textOf(block)} `;
      }
    }
    return sections;
  });
}

/** Finds the sections that contain all of the words, titles and headings first. */
export function search(sections: readonly Section[], wanted: string): SearchHit[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const ranked = sections.flatMap((section) => {
    const title = `${section.title} ${section.heading}`.toLowerCase();
    const text = section.text.toLowerCase();
    if (!words.every((word) => title.includes(word) || text.includes(word))) return [];
    // Words in a title or heading count most. At equal counts the top of a page comes before its
    // sections.
    const rank =
      words.filter((word) => title.includes(word)).length * 2 + (section.heading === '' ? 1 : 0);
    const at = Math.max(0, ...words.map((word) => text.indexOf(word)));
    const { page, heading, id } = section;
    return [
      {
        rank,
        found: { page, title: section.title, heading, id, around: around(section.text, at) },
      },
    ];
  });
  return ranked
    .sort((a, b) => b.rank - a.rank)
    .slice(0, MOST)
    .map(({ found }) => found);
}

function around(text: string, at: number): string {
  const start = Math.max(0, at - AROUND);
  const piece = text.slice(start, at + AROUND).trim();
  return `${start > 0 ? '…' : ''}${piece}${at + AROUND < text.length ? '…' : ''}`;
}

function textOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return wordsOf(block.pieces);
    case 'picture':
      return '';
    case 'code':
      return block.text;
    case 'list':
      return block.items.flat().map(textOf).join(' ');
    case 'table':
      return [block.head, ...block.rows].map((row) => row.map(wordsOf).join(' ')).join(' ');
  }
}
