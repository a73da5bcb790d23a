// Names that every object has by itself, and names that become equal once they are joined: in every
// panel, and after a reload.

import { type Locator, type Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { Workshop, call as callOf, newTab, read, run as runOf, show, write } from './workshop';

const NAMES = [
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'isPrototypeOf',
  'prototype',
];
/** Joined by a space or a point, two and two of these are the same. */
const JOINED = [
  ['a b', 'c'],
  ['a', 'b c'],
  ['a.b', 'c'],
  ['a', 'b.c'],
] as const;

const workshop = new Workshop();
let page: Page;
let exports: Locator;

beforeEach(async () => {
  page = await workshop.open({ permissions: ['clipboard-read', 'clipboard-write'] });
  exports = page.getByRole('region', { name: 'Exports' });
});

const each = (line: (name: string, number: number) => string) =>
  `(module\n${NAMES.map(line).join('\n')})`;
const status = (name: string) => exports.getByRole('status', { name, exact: true });

/** Runs the tab. It waits for a row of the timings, which another panel may hide. */
async function run(): Promise<void> {
  await show(page, 'Timings');
  await runOf(page);
}
async function call(name: string, ...given: string[]): Promise<string> {
  await show(page, 'Timings');
  return callOf(page, name, ...given);
}

/** Opens a new tab that has run, with the exports in front. */
async function open(text: string): Promise<void> {
  await newTab(page, text);
  await run();
  await show(page, 'Exports');
}

/** Reloads the page, after which everything must be there again. */
async function again(text: string): Promise<void> {
  await page.reload();
  await page.getByRole('tablist', { name: 'Open tabs' }).waitFor();
  await expect.poll(() => read(page)).toBe(text);
  await show(page, 'Exports');
}

test('functions are exported, called and remembered under any name', async () => {
  const text = each(
    (name, n) => `(func $${name} (export "${name}") (param i32) (result i32)
    (i32.add (local.get 0) (i32.const ${n})))`,
  );
  await open(text);
  for (const [number, name] of NAMES.entries()) {
    expect(await call(name, '40')).toContain(`${40 + number}`);
    await exports.getByRole('form', { name, exact: true }).getByText('1 call').click();
    await exports.getByRole('button', { name: `Again ${name} with 40`, exact: true }).click();
    await exports.getByRole('form', { name, exact: true }).getByText('2 calls').waitFor();
    await exports.getByRole('button', { name: `Clear history of ${name}`, exact: true }).click();
  }
  await again(text);
  for (const [number, name] of NAMES.entries())
    expect(await call(name, '50')).toContain(`${50 + number}`);
  await show(page, 'Module');
  await expect
    .poll(() => page.getByRole('region', { name: 'Module' }).innerText())
    .toContain('__proto__');
  await show(page, 'Artifact');
  const sizes = page.getByRole('table', { name: 'Functions by code size' });
  for (const name of NAMES)
    await sizes.getByRole('rowheader', { name: `$${name}`, exact: true }).waitFor();
}, 300_000);

test('globals have any name', async () => {
  const text = each((name, n) => `(global (export "${name}") (mut i32) (i32.const ${n}))`);
  await open(text);
  for (const name of NAMES) {
    await exports.getByRole('textbox', { name: `New value of ${name}`, exact: true }).fill('77');
    await exports.getByRole('button', { name: `Set ${name}`, exact: true }).click();
    await status(`Value of ${name}`).getByText('77').waitFor();
  }
  await again(text);
  for (const name of NAMES) expect(await status(`Value of ${name}`).innerText()).toContain('77');
});

test('tables have any name', async () => {
  const text = each((name) => `(table (export "${name}") 2 8 externref)`);
  await open(text);
  for (const name of NAMES) {
    await exports.getByRole('button', { name: `Grow ${name}`, exact: true }).click();
    await status(`Size of ${name}`).getByText('3 elements now').waitFor();
  }
  await again(text);
  for (const name of NAMES)
    expect(await status(`Size of ${name}`).innerText()).toContain('3 elements');
});

test('memories have any name, and joined names that are the same are two memories', async () => {
  const imported = JOINED.map(([module, name]) => `(import "${module}" "${name}" (memory 1))`);
  const bytes = [...imported, ...NAMES].map(
    (_, n) => `(data (memory ${n}) (i32.const 0) "number ${n};")`,
  );
  const text = `(module ${imported.join('\n')}
    (import "constructor" "toString" (func $f (param i32)))
    ${NAMES.map((name) => `(memory (export "${name}") 1)`).join('\n')}
    ${bytes.join('\n')}
    (func (export "go") (call $f (i32.const 0))))`;
  await newTab(page, text);
  await show(page, 'Imports');
  await page.getByRole('button', { name: /^Provide all/ }).click();
  await run();
  await show(page, 'Memory');
  const memories = page.getByRole('combobox', { name: 'Memory to show' });
  // Exports come first. The last of the imported ones has the same name as the one before it.
  const listed = [...NAMES, 'a b.c', 'a.b c', 'a.b.c', 'a.b.c (memory 3)'];
  const order = [...NAMES.map((_, n) => n + JOINED.length), 0, 1, 2, 3];
  for (const reloaded of [false, true]) {
    await expect.poll(() => memories.locator('option').allInnerTexts()).toEqual(listed);
    for (const [at, name] of listed.entries()) {
      await memories.selectOption(name);
      const row = page
        .getByRole('region', { name: 'Memory' })
        .getByRole('row')
        .filter({ hasText: `number ${order[at]};` });
      await row.first().waitFor();
    }
    if (reloaded) break;
    await again(text);
    await show(page, 'Memory');
  }
  await show(page, 'Imports');
  const imports = page.getByRole('region', { name: 'Imports' });
  const provider = imports.getByRole('combobox', { name: 'Provider of constructor.toString' });
  // The offers are requested when the row is seen.
  await provider.scrollIntoViewIfNeeded();
  await provider.selectOption({ label: 'Read a string' });
  const chosen = imports.getByRole('combobox', { name: 'Memory of constructor.toString' });
  await chosen.selectOption({ label: '__proto__' });
  await run();
  await show(page, 'Exports');
  await call('go');
  await show(page, 'Console');
  await page.getByRole('region', { name: 'Console' }).getByText('number 5;').waitFor();
}, 300_000);

test('imports have any name in any namespace, and joined names that are the same are two imports', async () => {
  const pairs = [
    ...NAMES.flatMap((module) => NAMES.slice(0, 3).map((name) => [module, name] as const)),
    ...JOINED,
  ];
  const text = `(module
    ${pairs.map(([module, name], n) => `(import "${module}" "${name}" (func $f${n} (result i32)))`).join('\n')}
    (func (export "go") (result i32) (i32.add (call $f0) (call $f${pairs.length - 1}))))`;
  await newTab(page, text);
  await run();
  await show(page, 'Problems');
  const problems = page.getByRole('region', { name: 'Problems' });
  await expect
    .poll(() => problems.getByRole('listitem').filter({ hasText: '() → i32' }).count())
    .toBe(pairs.length);
  await show(page, 'Imports');
  const imports = page.getByRole('region', { name: 'Imports' });
  await imports.getByRole('button', { name: /^Provide all/ }).click();
  const chosen = page.getByRole('status', { name: 'Chosen providers' }).getByRole('listitem');
  await expect.poll(() => chosen.count()).toBe(pairs.length);
  await run();
  await show(page, 'Exports');
  expect(await call('go')).toContain('0');
  await show(page, 'Calls');
  const calls = page.getByRole('table', { name: 'Host calls' });
  await calls.getByText('constructor.constructor').waitFor();
  await calls.getByText('a.b.c').waitFor();
  await again(text);
  await show(page, 'Calls');
  await calls.getByText('constructor.constructor').waitFor();
  // The module no longer imports any of them.
  await write(page, '(module)');
  await show(page, 'Imports');
  const unused = imports.getByRole('region', { name: 'Not imported' });
  await expect.poll(() => unused.getByRole('listitem').count()).toBe(pairs.length);
  await unused.getByRole('button', { name: 'Remove __proto__.__proto__' }).click();
  await expect.poll(() => unused.getByRole('listitem').count()).toBe(pairs.length - 1);
}, 300_000);

test('a variable that is renamed to one that is there is two of one name, and nothing breaks', async () => {
  await newTab(page, '(module)');
  await show(page, 'WASI');
  const wasi = page.getByRole('region', { name: 'WASI', exact: true });
  for (const name of ['constructor', 'A']) {
    await wasi.getByRole('textbox', { name: 'Name of a new variable' }).fill(name);
    await wasi.getByRole('button', { name: 'Add variable' }).click();
  }
  await wasi.getByRole('textbox', { name: 'Name of variable 2' }).fill('constructor');
  await wasi.getByRole('textbox', { name: 'Name of variable 2' }).blur();
  await expect.poll(() => wasi.getByRole('button', { name: 'Remove constructor' }).count()).toBe(2);
});
