// The workbench's places (line and column) as positions in the editor, and as words.

import { EditorSelection, type Text, type TransactionSpec } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { Place } from '../protocol.ts';
import { words as say } from '../words/editor/place.ts';

/** Returns the position of a place in a text, or null if it has no line. */
export function positionOf(doc: Text, place: Place): number | null {
  if (place.line === undefined || place.line < 1) return null;
  const line = doc.line(Math.min(place.line, doc.lines));
  return line.from + unitsOf(line.text, (place.column ?? 1) - 1);
}

/**
 * Returns the number of UTF-16 units in the first `characters` of a line. Columns count characters,
 * the editor counts units.
 */
function unitsOf(line: string, characters: number): number {
  let units = 0;
  for (const character of line) {
    if (characters-- <= 0) break;
    units += character.length;
  }
  return units;
}

/**
 * Returns the change that moves the cursor to a place and scrolls it into sight, or null if the
 * place has no line.
 */
export function jumpTo(doc: Text, place: Place): TransactionSpec | null {
  const position = positionOf(doc, place);
  if (position === null) return null;
  return {
    selection: EditorSelection.cursor(position),
    effects: EditorView.scrollIntoView(position, { y: 'center' }),
  };
}

/** Describes a place in words, or returns null if nothing is known of it. */
export function describePlace(place: Place | undefined): string | null {
  if (place?.line !== undefined) {
    return place.column === undefined
      ? say.line(place.line)
      : say.lineColumn(place.line, place.column);
  }
  return place?.offset === undefined ? null : say.byte(place.offset.toString(16));
}
