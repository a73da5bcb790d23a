import { describe, expect, it } from 'vitest';
import { Folds } from './folds.ts';

describe('rows that are folded', () => {
  // In 20 rows, 3 to 6 and 10 to 19 equal the row above.
  const folds = new Folds(20, Float64Array.of(3, 7, 10, 20));

  it('are one line each, and the others too', () => {
    expect(folds.lines).toBe(8);
    const lines = Array.from({ length: folds.lines }, (_, line) => folds.at(line));
    expect(lines.map(({ first }) => first)).toEqual([0, 1, 2, 3, 7, 8, 9, 10]);
    expect(lines.filter(({ folded }) => folded)).toEqual([
      { first: 3, end: 7, folded: true },
      { first: 10, end: 20, folded: true },
    ]);
  });

  it('are found by their number', () => {
    expect([0, 2, 3, 6, 7, 9, 10, 19].map((row) => folds.lineOf(row))).toEqual([
      0, 2, 3, 3, 4, 6, 7, 7,
    ]);
    expect(folds.hiding(5)).toEqual({ first: 3, end: 7 });
    expect(folds.hiding(7)).toBeNull();
  });

  it('leave the rows that are shown', () => {
    expect(folds.shown(1, 4)).toEqual([
      { first: 1, end: 3 },
      { first: 7, end: 8 },
    ]);
    expect(folds.shown(-5, 100)).toHaveLength(2);
  });

  it('are none where nothing is known, and none past the end of a memory that has become smaller', () => {
    expect(new Folds(2 ** 28).at(2 ** 27)).toEqual({
      first: 2 ** 27,
      end: 2 ** 27 + 1,
      folded: false,
    });
    expect(new Folds(12, Float64Array.of(3, 7, 10, 20)).lines).toBe(9);
    expect(new Folds(0).lines).toBe(0);
  });
});
