// The texts that keys send to a program that gets each of them by itself, as terminals of the kind
// xterm do: https://invisible-island.net/xterm/ctlseqs/ctlseqs.html.

import type { Key } from './line-editing.ts';

const KEYS: ReadonlyMap<string, string> = new Map([
  // WASI has no settings of terminals, so a program expects a line feed, and not a carriage return.
  ['Enter', '\n'],
  ['Tab', '\t'],
  ['Escape', '\x1b'],
  ['Backspace', '\x7f'],
  ['Delete', '\x1b[3~'],
  ['ArrowUp', '\x1b[A'],
  ['ArrowDown', '\x1b[B'],
  ['ArrowRight', '\x1b[C'],
  ['ArrowLeft', '\x1b[D'],
  ['Home', '\x1b[H'],
  ['End', '\x1b[F'],
]);

/**
 * Returns the text of a key that writes no character, or null if the key is left to the browser.
 * Shift+Tab is: it leads the keyboard out of the line. Characters come with the browser's own event,
 * so that they can be composed of several keys.
 */
export function textOf({ key, ctrlKey, altKey, metaKey, shiftKey }: Key): string | null {
  if (metaKey || altKey) return null;
  if (ctrlKey) {
    const isLetter = /^[a-z]$/i.test(key) && !shiftKey;
    return isLetter ? String.fromCharCode(key.toUpperCase().charCodeAt(0) - 64) : null;
  }
  return key === 'Tab' && shiftKey ? null : (KEYS.get(key) ?? null);
}
