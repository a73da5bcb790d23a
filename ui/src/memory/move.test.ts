import { describe, expect, it } from 'vitest';
import { Folds } from './folds.ts';
import { move, type CursorState } from './move.ts';

describe('the cursor', () => {
  const from = (cursor: number, more: Partial<CursorState> = {}) => ({
    cursor,
    columns: 16,
    group: 1,
    size: 100,
    folds: new Folds(7),
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
  ])('goes with %s (Ctrl %s) from %d to %d', (key, ctrl, cursor, to) =>
    expect(move(key, ctrl, from(cursor))).toBe(to),
  );

  it('takes rows that are folded as one line', () => {
    // Rows 2, 3 and 4 of 7 equal row 1.
    const folds = new Folds(7, Float64Array.of(2, 5));
    const step = (key: string, cursor: number) =>
      move(key, false, from(cursor, { folds, size: 112 }));
    expect([
      step('ArrowDown', 20),
      step('ArrowDown', 36),
      step('ArrowUp', 84),
      step('ArrowUp', 36),
    ]).toEqual([36, 84, 36, 20]);
    expect([
      step('ArrowRight', 31),
      step('ArrowRight', 32),
      step('ArrowLeft', 80),
      step('ArrowLeft', 79),
    ]).toEqual([32, 80, 79, 31]);
    expect([step('Home', 60), step('End', 60)]).toEqual([32, 79]);
    expect([step('PageDown', 4), step('PageUp', 100)]).toEqual([84, 20]);
  });

  it('moves by cells, and stays for other keys', () => {
    expect(move('ArrowRight', false, from(8, { group: 4 }))).toBe(12);
    expect(move('a', false, from(8))).toBeNull();
  });
});
