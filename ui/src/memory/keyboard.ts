// The keys of the grid.

import { move } from './move.ts';
import type { MemoryViewer } from './viewer.svelte.ts';
import { words } from '../words/memory/keyboard.ts';

/** The parts of the grid that the keyboard needs. */
export interface Grid {
  /** The number of rows that are seen at once. */
  page: number;
  /** Moves the focus to the field for an address, or to the one for a search. */
  onaddress: () => void;
  onsearch: () => void;
}

/** Handles a key in the grid. Returns whether the key has a meaning there. */
export function pressed(event: KeyboardEvent, viewer: MemoryViewer, grid: Grid): boolean {
  if (viewer.size === 0 || event.altKey || event.isComposing) return false;
  const ctrl = event.ctrlKey || event.metaKey;
  return command(event, ctrl, viewer, grid) || (!ctrl && type(event.key, viewer));
}

function command(
  { key, shiftKey }: KeyboardEvent,
  ctrl: boolean,
  viewer: MemoryViewer,
  grid: Grid,
): boolean {
  const { cursor, columns, group, size, folds } = viewer;
  const to = move(key, ctrl, { cursor, columns, group, size, folds, page: grid.page });
  const letter = key.toLowerCase();
  // Without Ctrl, a letter is text if characters are typed.
  const free = ctrl || viewer.typing === 'hex';
  if (to !== null) viewer.moveTo(to, shiftKey);
  else if (key === 'Enter') return viewer.openFold();
  else if (ctrl && letter === 'z') void (shiftKey ? viewer.redo() : viewer.undo());
  else if (ctrl && letter === 'y') void viewer.redo();
  else if (ctrl && letter === 'a') viewer.select(0, size);
  else if (free && letter === 'g') grid.onaddress();
  else if ((ctrl && letter === 'f') || (free && key === '/')) grid.onsearch();
  else if (key === 'Escape' && viewer.anchor !== cursor) viewer.goTo(cursor);
  else return false;
  return true;
}

/** Writes a typed character at the cursor and moves on. */
function type(key: string, viewer: MemoryViewer): boolean {
  // Other keys have names of more than one character.
  if ([...key].length !== 1) return false;
  if (viewer.typing === 'text') {
    viewer.put(new TextEncoder().encode(key));
    return true;
  }
  if (!/^[0-9a-f]$/i.test(key)) return false;
  if (viewer.group !== 1) {
    viewer.said = words.chooseSingleBytesBelow;
    return true;
  }
  const digit = Number.parseInt(key, 16);
  const { cursor, half } = viewer;
  void viewer.type(
    cursor,
    (byte) => (half ? (byte & 0xf0) | digit : (byte & 0x0f) | (digit << 4)),
    half,
  );
  if (half) viewer.goTo(cursor + 1);
  else viewer.half = true;
  return true;
}
