import { describe, expect, it } from 'vitest';
import type { MemoryAccess } from './access.ts';
import { Search } from './search.svelte.ts';

const SIZE = 1000;
const WANTED = Uint8Array.of(7);

/** A memory with the byte at some places. One reply covers a hundred bytes. */
function memory(...places: number[]) {
  const asked: [number, number][] = [];
  const search: MemoryAccess['search'] = (_, start, end, backwards) => {
    asked.push([start, end]);
    const [from, to] = backwards
      ? [Math.max(start, end - 100), end]
      : [start, Math.min(end, start + 100)];
    const hits = places.filter((at) => at >= from && at < to);
    const found = backwards ? hits.at(-1) : hits[0];
    const next = backwards ? from : to;
    const done = backwards ? next <= start : next >= end;
    return Promise.resolve(found !== undefined ? { found } : done ? null : { next });
  };
  return { access: { search } as MemoryAccess, asked };
}

const find = (places: number[], from: number, backwards = false) =>
  new Search().find(memory(...places).access, WANTED, from, SIZE, backwards);

describe('a search', () => {
  it('goes on from the cursor, past it, and begins again at the other end', async () => {
    expect(await find([50, 500], 50)).toEqual({ found: 500, wrapped: false });
    expect(await find([50, 500], 500)).toEqual({ found: 50, wrapped: true });
    expect(await find([50, 500], 500, true)).toEqual({ found: 50, wrapped: false });
    expect(await find([50, 500], 50, true)).toEqual({ found: 500, wrapped: true });
    expect(await find([0, 999], 0)).toEqual({ found: 999, wrapped: false });
  });

  it('finds the place where it began last, and nothing where there is nothing', async () => {
    expect(await find([50], 50)).toEqual({ found: 50, wrapped: true });
    expect(await find([], 50)).toBe('nothing');
    expect(await find([], 999, true)).toBe('nothing');
  });

  it('is left at once, and asks for nothing more', async () => {
    const { access, asked } = memory();
    const search = new Search();
    const outcome = search.find(access, WANTED, 0, SIZE, false);
    expect(search.running).toBe(true);
    search.cancel();
    expect(search.running).toBe(false);
    expect(await outcome).toBe('cancelled');
    expect(asked.length).toBe(1);
  });

  it('tells how far it is', async () => {
    const { access } = memory();
    const search = new Search();
    const fractions: (number | null)[] = [];
    const noting: MemoryAccess['search'] = (...asked) => {
      fractions.push(search.fraction);
      return access.search(...asked);
    };
    await search.find({ search: noting } as MemoryAccess, WANTED, 500, SIZE, false);
    expect(fractions).toEqual(fractions.toSorted((a, b) => (a ?? 0) - (b ?? 0)));
    expect(fractions.at(-2)).toBeGreaterThan(0.8);
    expect(search.fraction).toBeNull();
  });
});
