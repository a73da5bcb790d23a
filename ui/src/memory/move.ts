// Cursor movement by keys.

import type { Folds } from './folds.ts';

/** The state that decides how a key moves the cursor. */
export interface CursorState {
  cursor: number;
  /** The number of bytes in a row. */
  columns: number;
  /** The number of bytes in a cell. */
  group: number;
  /** The size of the memory, in bytes. */
  size: number;
  /** The rows that each line shows. A fold is one line, and one step. */
  folds: Folds;
  /** The number of lines that are seen at once. */
  page: number;
}

/**
 * Returns the address that a key moves the cursor to, or null for other keys. The cursor stops at
 * the ends of the memory.
 */
export function move(key: string, ctrl: boolean, standing: CursorState): number | null {
  const { cursor, columns, group, size, folds, page } = standing;
  const line = folds.lineOf(Math.floor(cursor / columns));
  const { first, end, folded } = folds.at(line);
  const [start, next] = [first * columns, end * columns];
  /** Returns the same column of another line, but at most the first or last line. */
  const below = (by: number) => {
    const to = Math.max(0, Math.min(folds.lines - 1, line + by));
    const address = folds.at(to).first * columns + (cursor % columns);
    return address < size ? address : cursor;
  };
  const to = ((): number | null => {
    switch (key) {
      case 'ArrowLeft':
        return folded ? start - group : cursor - group;
      case 'ArrowRight':
        return folded ? next : cursor + group;
      case 'ArrowUp':
        return below(-1);
      case 'ArrowDown':
        return below(1);
      case 'PageUp':
        return below(-page);
      case 'PageDown':
        return line + page < folds.lines ? below(page) : size - 1;
      case 'Home':
        return ctrl ? 0 : start;
      case 'End':
        return ctrl ? size - 1 : next - 1;
      default:
        return null;
    }
  })();
  return to === null ? null : Math.max(0, Math.min(size - 1, to));
}
