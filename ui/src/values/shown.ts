// Names as people see them.

import { MOST_NAME } from '../protocol.ts';
import { words } from '../words/values/shown.ts';

/**
 * Returns a name where it is shown: a long one has its first characters, and its length. The same
 * rule as in `crates/protocol/src/shown.rs`, because records have names in this form.
 */
export function shown(name: string): string {
  if (name.length <= MOST_NAME) return name;
  const characters = [...name];
  if (characters.length <= MOST_NAME) return name;
  return words.characters(characters.slice(0, MOST_NAME / 2).join(''), characters.length);
}
