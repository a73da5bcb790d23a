/** What decides where a key takes the cursor. */
export interface Standing {
  cursor: number;
  /** Bytes of a row. */
  columns: number;
  /** Bytes of a cell. */
  group: number;
  /** Of the memory. */
  size: number;
  /** Rows that are seen at once. */
  page: number;
}

/** Where a key takes the cursor; none where it is no key for that. The ends of the memory stop it. */
export function move(key: string, ctrl: boolean, { cursor, columns, group, size, page }: Standing): number | null {
  const row = cursor - (cursor % columns);
  const to = ((): number | null => {
    switch (key) {
      case 'ArrowLeft':
        return cursor - group;
      case 'ArrowRight':
        return cursor + group;
      case 'ArrowUp':
        return cursor - columns < 0 ? cursor : cursor - columns;
      case 'ArrowDown':
        return cursor + columns >= size ? cursor : cursor + columns;
      case 'PageUp':
        return cursor - columns * page < 0 ? cursor % columns : cursor - columns * page;
      case 'PageDown':
        return cursor + columns * page;
      case 'Home':
        return ctrl ? 0 : row;
      case 'End':
        return ctrl ? size - 1 : row + columns - 1;
      default:
        return null;
    }
  })();
  return to === null ? null : Math.max(0, Math.min(size - 1, to));
}
