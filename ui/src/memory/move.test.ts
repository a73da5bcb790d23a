import { describe, expect, it } from 'vitest';
import { move, type Standing } from './move.ts';

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
