import { describe, expect, it } from 'vitest';
import { BLOCK, sameRows, Sameness } from './same.ts';

/** A block of zeros but for some bytes. */
function block(bytes: Record<number, number> = {}): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(BLOCK);
  for (const [at, byte] of Object.entries(bytes)) all[Number(at)] = byte;
  return all;
}

const runs = (known: Sameness, ...shown: { from: number; to: number }[]) => [...known.runs(shown)];
const ROWS = BLOCK / 16;

describe('rows that are as the one above', () => {
  it('are found whatever they hold', () => {
    const bytes = Uint8Array.from({ length: 96 }, (_, at) => (at < 64 ? at % 16 : 7));
    expect([...sameRows(bytes, 16)]).toEqual([1, 4, 5, 6]);
    expect([...sameRows(bytes, 32)]).toEqual([1, 2]);
    // The bytes of a reply can begin at any offset of their buffer.
    expect([...sameRows(new Uint8Array(97).subarray(1), 16)]).toEqual([1, 6]);
  });

  it('are one run over all blocks that are known to be zero', () => {
    const known = new Sameness();
    known.resize(65_536);
    for (let one = 0; one < 65_536; one++) known.hash(one, one === 9 ? 5n : 0n);
    // Nothing is known of block 9, not even whether the row after it equals its last one.
    expect(runs(known)).toEqual([1, 9 * ROWS, 10 * ROWS + 1, 65_536 * ROWS]);
    known.compare(9, block({ 40: 1 }));
    expect(runs(known)).toEqual([1, 9 * ROWS + 2, 9 * ROWS + 4, 65_536 * ROWS]);
  });

  it('are shown where somebody wants to see them', () => {
    const known = new Sameness();
    known.resize(1);
    known.hash(0, 0n);
    expect(runs(known, { from: 100 * 16, to: 102 * 16 - 5 })).toEqual([1, 100, 102, ROWS]);
    // A single row is not worth a line of its own.
    expect(runs(known, { from: 2 * 16, to: (ROWS - 1) * 16 })).toEqual([]);
  });

  it('are compared again once their block is another', () => {
    const known = new Sameness();
    known.resize(2);
    known.hash(0, 1n);
    expect(known.knows(0)).toBe(false);
    known.compare(0, block({ 0: 1 }));
    expect(known.knows(0)).toBe(true);
    expect(known.hash(0, 2n)).toBe(true);
    expect(known.knows(0)).toBe(false);
    known.compare(0, block());
    expect(runs(known)).toEqual([1, ROWS]);
  });

  it('are doubted when they are seen to be others, until they are compared again', () => {
    const known = new Sameness();
    known.resize(3);
    known.hash(1, 0n);
    known.hash(2, 7n);
    known.compare(2, block({ 0: 9 }));
    const piece = (at: number, length: number, bytes: Record<number, number> = {}) => {
      const all = new Uint8Array(length);
      for (const [from, byte] of Object.entries(bytes)) all[Number(from) - at] = byte;
      return { from: at, bytes: all };
    };
    expect(known.doubt(piece(BLOCK - 32, BLOCK, { [BLOCK - 1]: 1 }))).toBe(false);
    expect(known.doubt(piece(2 * BLOCK + 160, 160))).toBe(false);
    expect(known.doubt(piece(2 * BLOCK + 160, 160, { [2 * BLOCK + 200]: 1 }))).toBe(true);
    expect(known.doubt(piece(2 * BLOCK - 64, 64, { [2 * BLOCK - 1]: 1 }))).toBe(true);
    expect([known.knows(1), known.knows(2)]).toEqual([false, false]);
    known.compare(1, block({ [BLOCK - 1]: 1 }));
    expect(known.knows(1)).toBe(true);
    expect(runs(known).slice(0, 2)).toEqual([ROWS + 1, 2 * ROWS - 1]);
  });

  it('are forgotten with the end of the memory, and with rows of another length', () => {
    const known = new Sameness();
    known.resize(2);
    known.compare(1, block());
    known.resize(1);
    expect(known.count).toBe(0);
    known.compare(0, block());
    known.columns = 32;
    expect(known.count).toBe(0);
  });
});
