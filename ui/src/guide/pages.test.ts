import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PANELS, type PanelId } from '../values/panels.ts';
import type { Inline } from './inline.ts';
import type { Block } from './markdown.ts';
import { FIRST, follow, PAGES } from './pages.ts';
import { pageOf } from './panel-pages.ts';
import { PICTURES } from './pictures.ts';
import { search, sectionsOf } from './search.ts';

const linksOf = (pieces: readonly Inline[]): string[] =>
  pieces.flatMap((piece) => [
    ...(piece.kind === 'link' ? [piece.href] : []),
    ...('pieces' in piece ? linksOf(piece.pieces) : []),
  ]);

function partsOf(blocks: readonly Block[]): {
  links: string[];
  pictures: string[];
  headings: string[];
} {
  const parts = { links: [] as string[], pictures: [] as string[], headings: [] as string[] };
  for (const block of blocks) {
    if (block.kind === 'picture') parts.pictures.push(block.path);
    if (block.kind === 'heading') parts.headings.push(block.id);
    if (block.kind === 'list')
      parts.links.push(...block.items.flatMap((item) => partsOf(item).links));
    if (block.kind === 'table')
      parts.links.push(...[block.head, ...block.rows].flat().flatMap(linksOf));
    if ('pieces' in block) parts.links.push(...linksOf(block.pieces));
  }
  return parts;
}

describe('the guide', () => {
  it('has a page for every panel, with a picture and an example', () => {
    for (const panel of Object.keys(PANELS) as PanelId[]) {
      const page = PAGES.get(pageOf(panel));
      expect(page?.title, panel).toBe(PANELS[panel]);
      const parts = partsOf(page?.blocks ?? []);
      expect(parts.pictures, panel).toHaveLength(1);
      if (panel !== 'settings') expect(parts.headings, panel).toContain('example');
    }
  });

  it('leads nowhere that does not exist', () => {
    for (const { path, blocks } of PAGES.values()) {
      const { links, pictures } = partsOf(blocks);
      for (const picture of pictures)
        expect(PICTURES.get(picture), `${path}: ${picture}`).toBeDefined();
      for (const href of links) {
        const target = follow(href, path);
        if ('outside' in target) {
          const file = new URL(href, new URL(`../../../docs/guide/${path}`, import.meta.url));
          expect(/^https?:/.test(href) || existsSync(file), `${path}: ${href}`).toBe(true);
        } else if (target.heading !== '') {
          const { headings } = partsOf(PAGES.get(target.page)?.blocks ?? []);
          expect(headings, `${path}: ${href}`).toContain(target.heading);
        }
      }
    }
  });

  it('is reached from its first page', () => {
    const seen = new Set<string>();
    const visit = (path: string) => {
      if (seen.has(path)) return;
      seen.add(path);
      for (const href of partsOf(PAGES.get(path)?.blocks ?? []).links) {
        const target = follow(href, path);
        if ('page' in target) visit(target.page);
      }
    };
    visit(FIRST);
    expect([...PAGES.keys()].filter((path) => !seen.has(path))).toEqual([]);
  });

  it('is short: what is not made by a program has 150 lines at most', () => {
    for (const { path, blocks } of PAGES.values()) {
      if (!['errors.md', '../known.md'].includes(path))
        expect(blocks.length, path).toBeLessThan(150);
    }
  });
});

describe('a search of the guide', () => {
  const sections = sectionsOf(PAGES.values());
  const first = (words: string) => search(sections, words)[0];

  it('finds a page by its title, and an error by its code', () => {
    expect(first('memory')?.page).toBe('memory.md');
    expect(first('wasi_memory')).toMatchObject({ page: 'errors.md', heading: 'wasi_memory' });
    expect(first('blank window')?.page).toBe('troubleshooting.md');
  });

  it('wants every word, in any case and order', () => {
    expect(search(sections, 'REPLAY clocks').map((one) => one.page)).toContain('calls.md');
    expect(search(sections, 'replay nothing-of-this-kind')).toEqual([]);
    expect(search(sections, '  ')).toEqual([]);
  });
});
