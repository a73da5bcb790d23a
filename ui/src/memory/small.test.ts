import { describe, expect, it } from 'vitest';
import { Edits } from './edits.ts';
import { Freshness } from './fresh.ts';
import { move, type Standing } from './move.ts';
import { describeParts, gradientOf, partsOf } from './strip.ts';

describe('bytes that change', () => {
  it('are fresh, fade, and are forgotten', () => {
    const fresh = new Freshness();
    fresh.see(100, Uint8Array.of(1, 2, 3, 4), 1000);
    expect(fresh.heat(101, 1000)).toBe(0);
    fresh.see(100, Uint8Array.of(1, 9, 3, 4), 1100);
    expect([100, 101, 102].map((at) => fresh.heat(at, 1100))).toEqual([0, 3, 0]);
    expect([1400, 1900, 2700].map((now) => fresh.heat(101, now))).toEqual([2, 1, 0]);
  });

  it('are the same bytes after the rows were scrolled', () => {
    const fresh = new Freshness();
    fresh.see(100, Uint8Array.of(1, 2, 3, 4), 1000);
    fresh.see(102, Uint8Array.of(3, 5, 6, 7), 1100);
    // What came into view is not a change.
    expect([102, 103, 104, 105].map((at) => fresh.heat(at, 1100))).toEqual([0, 3, 0, 0]);
    expect(fresh.next(102, 1100)).toBe(103);
    expect(fresh.next(103, 1100)).toBe(103);
    expect(fresh.next(9, 9000)).toBeNull();
    fresh.clear();
    expect(fresh.next(0, 1100)).toBeNull();
  });
});

describe('an edit', () => {
  const edit = (at: number, before: number, after: number) => ({
    at,
    before: Uint8Array.of(before),
    after: Uint8Array.of(after),
  });

  it('is taken back and done again, in order', () => {
    const edits = new Edits();
    edits.add(edit(1, 0, 5));
    edits.add(edit(2, 0, 6));
    expect([edits.undo()?.at, edits.undo()?.at, edits.undo()]).toEqual([2, 1, null]);
    expect([edits.redo()?.at, edits.redo()?.at, edits.redo()]).toEqual([1, 2, null]);
    edits.undo();
    edits.add(edit(3, 0, 7));
    expect(edits.redo()).toBeNull();
  });

  it('of both digits of a byte is one', () => {
    const edits = new Edits();
    edits.add(edit(1, 0x00, 0xa0));
    edits.add(edit(1, 0xa0, 0xab), true);
    const undone = edits.undo();
    expect([undone?.before[0], undone?.after[0]]).toEqual([0x00, 0xab]);
    expect(edits.undo()).toBeNull();
  });
});

describe('the cursor', () => {
  const from = (cursor: number, more: Partial<Standing> = {}) => ({
    cursor,
    columns: 16,
    group: 1,
    size: 100,
    page: 3,
    ...more,
  });

  it.each([
    ['ArrowLeft', false, 20, 19],
    ['ArrowLeft', false, 0, 0],
    ['ArrowRight', false, 99, 99],
    ['ArrowUp', false, 20, 4],
    ['ArrowUp', false, 4, 4],
    ['ArrowDown', false, 90, 90],
    ['PageDown', false, 20, 68],
    ['PageDown', false, 90, 99],
    ['PageUp', false, 20, 4],
    ['Home', false, 20, 16],
    ['End', false, 98, 99],
    ['Home', true, 20, 0],
    ['End', true, 20, 99],
  ])('goes with %s (Ctrl %s) from %d to %d', (key, ctrl, cursor, to) => expect(move(key, ctrl, from(cursor))).toBe(to));

  it('moves by cells, and stays for other keys', () => {
    expect(move('ArrowRight', false, from(8, { group: 4 }))).toBe(12);
    expect(move('a', false, from(8))).toBeNull();
  });
});

describe('the overview', () => {
  it('shows runs of parts as one stop each', () => {
    const parts = partsOf([0n, 5n, 5n, 7n], [0n, 5n, 4n, 6n]);
    expect(parts).toEqual(['zero', 'data', 'changed', 'changed']);
    expect(gradientOf(parts)).toBe(
      'linear-gradient(to right, var(--part-zero) 0% 25%, var(--part-data) 25% 50%, var(--part-changed) 50% 100%)',
    );
    expect(describeParts(parts)).toBe('3 of 4 parts hold data or did, 2 changed');
    expect(gradientOf([])).toBe('none');
  });

  it('has no changes before there is anything to compare with', () => {
    expect(partsOf([0n, 1n], null)).toEqual(['zero', 'data']);
  });
});
