// Entries of a table as people read and type them.

import type { TableEntry } from '../protocol.ts';

/**
 * Reads a text for a table's element: `null` and numbered references are values, all else is the
 * name of an export.
 */
export function entryOf(text: string): TableEntry {
  const clean = text.trim();
  return /^(ref\.)?(null|func\s*\d+|extern\s*\d+)$|^ref\.null (func|extern)$/.test(clean)
    ? { value: clean }
    : { export: clean };
}
