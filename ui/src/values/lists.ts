// Lists of imports and exports. On the wire each type stands once, and a row has its place.

import type {
  ExportList,
  ExportRow,
  ExternType,
  ImportList,
  ImportName,
  ImportsView,
  ImportView,
} from '../protocol.ts';

/** A row of a list with its type. */
type Typed<Row extends { type: number }> = Omit<Row, 'type'> & { type: ExternType };

/** An export of a module or an instance. */
export type Export = Typed<ExportRow>;
/** An import of a module. */
export type Import = Typed<ImportName>;
/** An import with its provider. */
export type ProvidedImport = Typed<ImportView>;

/** Returns the exports of a list. */
export function exportsOf(list: ExportList | null | undefined): Export[] {
  return list ? typed(list.types, list.exports) : [];
}

/** Returns the imports of a list. */
export function importsOf(list: ImportList): Import[] {
  return typed(list.types, list.imports);
}

/** Returns the imports of a list with their providers. */
export function providedOf(view: ImportsView | null): ProvidedImport[] {
  return view ? typed(view.types, view.imports) : [];
}

function typed<Row extends { type: number }>(
  types: readonly ExternType[],
  rows: readonly Row[],
): Typed<Row>[] {
  return rows.flatMap((row) => {
    const type = types[row.type];
    return type ? [{ ...row, type }] : [];
  });
}
