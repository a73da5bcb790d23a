import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { OTHER_KEYS } from '../chrome/other-keys.ts';
import { COMMANDS } from '../commands.ts';

const PAGE = new URL('../../../docs/guide/keys.md', import.meta.url);

/** Formats a key with the name on a keyboard. */
const shown = (key: string) => `\`${key.replace('Mod', 'Ctrl')}\``;

/** Makes the page of all keys. Nine rows that differ in a digit are one. */
function keysPage(): string {
  const lines = [
    '# Keys',
    '',
    'On a Mac, Cmd stands for Ctrl. Keys of the column *window* work in the desktop window only: a browser keeps them for itself.',
    'This page is made of `ui/src/commands.ts`; a test keeps it in step. The command palette (`Ctrl+K`) has every command, also those',
    'without a key.',
  ];
  for (const group of ['Run', 'Tabs', 'Edit', 'View'] as const) {
    lines.push('', `## ${group}`, '', '| command | key | window |', '| --- | --- | --- |');
    for (const { id, title, keys = [], windowKeys = [] } of COMMANDS.filter(
      (one) => one.group === group,
    )) {
      if (keys.length + windowKeys.length === 0 || /^tab_[2-9]$/.test(id)) continue;
      const many = id === 'tab_1';
      const list = many ? '`Alt+1` to `Alt+9`' : keys.map(shown).join(', ');
      lines.push(
        `| ${many ? 'Go to tab 1 to 9' : title} | ${list} | ${windowKeys.map(shown).join(', ')} |`,
      );
    }
  }
  for (const { place, keys } of OTHER_KEYS) {
    lines.push('', `## ${place}`, '', '| to | key |', '| --- | --- |');
    for (const one of keys) lines.push(`| ${one.title} | ${one.keys.map(shown).join(', ')} |`);
  }
  return lines.join('\n') + '\n';
}

it('the page of keys has those of the commands', () => {
  if (process.env.WATSHOP_UPDATE_GUIDE) writeFileSync(PAGE, keysPage());
  expect(readFileSync(PAGE, 'utf8'), 'WATSHOP_UPDATE_GUIDE=1 writes it').toBe(keysPage());
});
