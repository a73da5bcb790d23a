// Places of the workbench (line and column) as positions of the editor, and as words.

import { EditorSelection, type Text, type TransactionSpec } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { Place } from '../protocol.ts';

/** Where a place is in a text, in the editor's own count; none where it has no line. */
export function positionOf(doc: Text, place: Place): number | null {
  if (place.line === undefined || place.line < 1) return null;
  const line = doc.line(Math.min(place.line, doc.lines));
  return line.from + unitsOf(line.text, (place.column ?? 1) - 1);
}

/**
 * How many UTF-16 units the first `characters` of a line take: columns count characters, the editor
 * units.
 */
function unitsOf(line: string, characters: number): number {
  let units = 0;
  for (const character of line) {
    if (characters-- <= 0) break;
    units += character.length;
  }
  return units;
}

/** What puts the cursor at a place and brings it into sight; nothing if the place has no line. */
export function jumpTo(doc: Text, place: Place): TransactionSpec | null {
  const position = positionOf(doc, place);
  if (position === null) return null;
  return {
    selection: EditorSelection.cursor(position),
    effects: EditorView.scrollIntoView(position, { y: 'center' }),
  };
}

/** A place in words; none where nothing is known of it. */
export function describePlace(place: Place | undefined): string | null {
  if (place?.line !== undefined) {
    return place.column === undefined
      ? `line ${place.line}`
      : `line ${place.line}, column ${place.column}`;
  }
  return place?.offset === undefined ? null : `byte 0x${place.offset.toString(16)}`;
}
