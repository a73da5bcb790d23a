// The rows of the command palette, and how well each answers a search.

import { COMMANDS, type Command } from '../commands.ts';
import { describeKey, keysOf, type Home } from '../keys.ts';
import { rank } from '../values/rank.ts';

const GROUPS = ['Run', 'Tabs', 'Edit', 'View'] as const satisfies readonly Command['group'][];

/** Returns every command by its group, with the key to show for it, if it has one. */
export function paletteOf(home: Home) {
  return GROUPS.map((group) => ({
    group,
    rows: COMMANDS.filter((one) => one.group === group).map((command) => {
      const [key] = keysOf(command, home);
      return { command, key: key === undefined ? null : describeKey(key) };
    }),
  }));
}

/** Rates how well a command answers a search, from 0 to 1: by its title and its other words. */
export function likeness({ title, also }: Command, wanted: string): number {
  return rank(`${title} ${also ?? ''}`, wanted);
}
