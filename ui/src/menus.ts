// The menus of a window: their commands, in order. Titles and keys are those of the commands.

import { commandById } from './commands.ts';
import { keysOf, type Home } from './keys.ts';
import type { Menu, MenuItem } from './protocol.ts';
import { words } from './words/page/menus.ts';

const LINE = null;

/** Commands by their ids, and lines between them. */
const MENUS: readonly { title: string; ids: readonly (string | null)[] }[] = [
  {
    title: words.file,
    ids: ['new_tab', 'open', LINE, 'save', 'save_as', LINE, 'close_tab', 'reopen_tab'],
  },
  { title: words.edit, ids: ['find', 'format'] },
  { title: words.view, ids: ['toggle_theme', 'command_palette'] },
  { title: words.run, ids: ['run', 'stop'] },
  { title: words.help, ids: ['guide', 'shortcuts'] },
];

/** Returns the menus, which a window shows beside its own. */
export function menusOf(home: Home): Menu[] {
  return MENUS.map(({ title, ids }) => ({ title, items: ids.map((id) => itemOf(id, home)) }));
}

function itemOf(id: string | null, home: Home): MenuItem {
  if (id === LINE) return { item: 'line' };
  const command = commandById(id);
  if (!command) throw new Error(`A menu names the command ${id}, which does not exist.`);
  // A menu takes its keys even from a field, so only keys that type no text are used.
  const keys = keysOf(command, home).find((key) => /^(Mod\+|F\d)/.test(key)) ?? null;
  return { item: 'command', id, title: command.title, keys };
}
