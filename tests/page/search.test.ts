// A search in the lists of one tab hides no entries of another, and a search that finds nothing can
// be ended.

import { type Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { Workshop, call, newTab, run, show, write } from './workshop';

const workshop = new Workshop();
let page: Page;

beforeEach(async () => {
  page = await workshop.open();
});

const region = (name: string) => page.getByRole('region', { name, exact: true });
const tab = (index: number) =>
  page.getByRole('tablist', { name: 'Open tabs' }).getByRole('tab').nth(index);

/**
 * Makes a module with many imports and exports whose names begin with a letter. `go` calls all of
 * its imports.
 */
function many(letter: string): string {
  const numbers = Array.from({ length: 14 }, (_, n) => n);
  const imports = numbers.map((n) => `(import "env" "${letter}${n}" (func $i${n} (param i32)))`);
  const exports = numbers.map((n) => `(func (export "${letter}${n}"))`);
  const calls = numbers.map((n) => `(call $i${n} (i32.const ${n}))`);
  return `(module ${imports.join('\n')} ${exports.join('\n')}
    (global (export "number") (mut i32) (i32.const 1))
    (func (export "go") ${calls.join(' ')}))`;
}

async function open(letter: string): Promise<void> {
  await newTab(page, many(letter));
  await show(page, 'Imports');
  await page.getByRole('button', { name: /^Provide all/ }).click();
  await run(page);
  await show(page, 'Exports');
  await call(page, 'go');
}

/** Functions that count the lines of each list whose names begin with a letter. */
const COUNTS = {
  Exports: (letter: string) =>
    region('Exports').getByRole('button', { name: new RegExp(`^Call ${letter}\\d`) }),
  Imports: (letter: string) =>
    region('Imports').getByRole('group', { name: new RegExp(`^env\\.${letter}\\d`) }),
  Calls: (letter: string) =>
    region('Calls')
      .getByRole('row')
      .filter({ hasText: `env.${letter}` }),
};
const FIELDS = { Exports: 'Search exports', Imports: 'Search imports', Calls: 'Filter calls' };
const SHOW_ALL = {
  Exports: 'Show all exports',
  Imports: 'Show all imports',
  Calls: 'Show all calls',
};

test('each tab has its own search text', async () => {
  await open('a');
  await open('b');
  for (const panel of ['Exports', 'Imports', 'Calls'] as const) {
    const field = region(panel).getByRole('searchbox', { name: FIELDS[panel] });
    await show(page, panel);
    await field.fill('b13');
    await expect.poll(() => COUNTS[panel]('b').count()).toBe(1);
    await tab(1).click();
    await expect.poll(() => COUNTS[panel]('a').count()).toBe(14);
    expect(await field.inputValue()).toBe('');
    await field.fill('a1');
    await tab(2).click();
    await expect.poll(() => field.inputValue()).toBe('b13');
    await expect.poll(() => COUNTS[panel]('b').count()).toBe(1);
  }
});

test('a search that finds nothing says so, and a button ends it', async () => {
  await open('b');
  for (const panel of ['Exports', 'Imports', 'Calls'] as const) {
    await show(page, panel);
    const field = region(panel).getByRole('searchbox', { name: FIELDS[panel] });
    await field.fill('nothing of this');
    await region(panel).getByRole('status').filter({ hasText: 'nothing of this' }).waitFor();
    await region(panel).getByRole('button', { name: SHOW_ALL[panel] }).click();
    await expect.poll(() => COUNTS[panel]('b').count()).toBe(14);
    expect(await field.inputValue()).toBe('');
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
  }
});

test('a search can be ended where there is little left to search', async () => {
  await open('b');
  await region('Exports').getByRole('searchbox').fill('b13');
  await write(page, '(module (func (export "one")))');
  await run(page);
  await region('Exports').getByRole('button', { name: 'Show all exports' }).click();
  await region('Exports').getByRole('button', { name: 'Call one' }).waitFor();
});

test('what is typed for an export is not there for one of the same name in another tab', async () => {
  const text = '(module (global (export "number") (mut i32) (i32.const 1)))';
  for (const _ of [1, 2]) {
    await newTab(page, text);
    await run(page);
  }
  const field = region('Exports').getByRole('textbox', { name: 'New value of number' });
  await show(page, 'Exports');
  await field.fill('5');
  await tab(1).click();
  await expect.poll(() => field.inputValue()).toBe('');
  await show(page, 'WASI');
  const variable = region('WASI').getByRole('textbox', { name: 'Name of a new variable' });
  await variable.fill('HERE');
  await tab(2).click();
  await expect.poll(() => variable.inputValue()).toBe('');
});

test('lessons are searched, and all of them are shown again', async () => {
  const lessons = region('Lessons');
  await lessons.getByRole('searchbox').fill('zebra of this');
  await lessons.getByRole('button', { name: 'Show all lessons' }).click();
  await lessons.getByRole('button').nth(3).waitFor();
});
