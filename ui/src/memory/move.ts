// Where keys take the cursor.

import type { Folds } from './folds.ts';

/** What decides where a key takes the cursor. */
export interface Standing {
  cursor: number;
  /** Bytes of a row. */
  columns: number;
  /** Bytes of a cell. */
  group: number;
  /** Of the memory. */
  size: number;
  /** Which line shows which rows. Rows that are folded are one line, and one step. */
  folds: Folds;
  /** Lines that are seen at once. */
  page: number;
}

/**
 * Where a key takes the cursor; none where it is no key for that. The ends of the memory stop it.
 */
export function move(key: string, ctrl: boolean, standing: Standing): number | null {
  const { cursor, columns, group, size, folds, page } = standing;
  const line = folds.lineOf(Math.floor(cursor / columns));
  const { first, end, folded } = folds.at(line);
  const [start, next] = [first * columns, end * columns];
  /** The same column of another line, the first or the last where there are no more. */
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
