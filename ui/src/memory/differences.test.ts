import { describe, expect, it } from 'vitest';
import type { Difference } from './access.ts';
import { asText, collect, MOST_LISTED } from './differences.ts';

const at = (offset: number, length = 1): Difference => ({
  offset,
  length,
  before: new Uint8Array(Math.min(length, 8)),
  now: Uint8Array.from({ length: Math.min(length, 8) }, (_, index) => 0xa0 + index),
});
const always = () => true;

describe('what differs from a snapshot', () => {
  it('is gone through to the end of the memory, and a run that two answers part is one', async () => {
    const answers: Record<number, { ranges: Difference[]; next: number | null }> = {
      0: { ranges: [at(5, 3), at(100, 20)], next: 120 },
      120: { ranges: [at(120, 4), at(900)], next: null },
    };
    const found = await collect(
      (from) => Promise.resolve(answers[from] ?? { ranges: [], next: null }),
      always,
    );
    expect(found?.listed.map(({ offset, length }) => [offset, length])).toEqual([
      [5, 3],
      [100, 24],
      [900, 1],
    ]);
    expect(found).toMatchObject({ count: 3, bytes: 28, more: false });
  });

  it('is listed as far as somebody would read it, and counted as far as that takes no time', async () => {
    const thousand = (from: number) => ({
      ranges: Array.from({ length: 1000 }, (_, index) => at(from + index * 2)),
      next: from + 2000,
    });
    const some = (from: number) =>
      Promise.resolve(from < 3000 ? thousand(from) : { ranges: [], next: null });
    expect(await collect(some, always)).toMatchObject({ count: 2000, bytes: 2000, more: false });
    const found = await collect((from) => Promise.resolve(thousand(from)), always);
    expect(found).toMatchObject({ count: 100_000, more: true });
    expect(found?.listed).toHaveLength(MOST_LISTED);
  });

  it('is of no use once somebody asks for something else', async () => {
    expect(
      await collect(
        () => Promise.resolve({ ranges: [at(1)], next: 2 }),
        () => false,
      ),
    ).toBeNull();
  });

  it('is copied as lines', () => {
    expect(asText([at(0x400, 2), at(70_000, 9)], 131_072)).toBe(
      'Address\tLength\tBefore\tNow\n' +
        '0x00000400\t2\t00 00\ta0 a1\n' +
        '0x00011170\t9\t00 00 00 00 00 00 00 00 …\ta0 a1 a2 a3 a4 a5 a6 a7 …\n',
    );
  });
});
