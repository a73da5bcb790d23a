// axe finds nothing on any screen, in either theme; the keyboard reaches everything.

import { type Locator, type Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { violations as violationsOn } from './axe';
import { Workshop, call, newTab, run, show } from './workshop';

const workshop = new Workshop();
let page: Page;

const violations = () => violationsOn(page);

beforeEach(async () => {
  page = await workshop.open({ bypassCSP: true });
});

/** Fills the panels Target and Artifact: an open list, an error, and code that was built. */
async function otherMachine(): Promise<void> {
  await newTab(page, '(module (func (export "f")))');
  await show(page, 'Target');
  const triple = page.getByRole('combobox', { name: 'Target triple' });
  await triple.click();
  await page.getByRole('listbox', { name: 'Target triples' }).waitFor();
  expect(await violations(), 'list of triples').toEqual([]);
  await triple.fill('pdp11');
  await page.keyboard.press('Enter');
  await expect.poll(() => triple.getAttribute('aria-invalid')).toBe('true');
  expect(await violations(), 'refused triple').toEqual([]);
  await triple.fill('aarch64-unknown-linux-gnu');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Build', exact: true }).click();
  const artifact = page.getByRole('region', { name: 'Artifact' });
  await artifact.getByRole('button', { name: 'Download sealed artifact' }).waitFor();
  expect(await violations(), 'Build').toEqual([]);
  await show(page, 'Timings');
}

/** Fills the panel Exports: elements of a table, a history, figures, a refusal. */
async function everyExport(): Promise<void> {
  await newTab(
    page,
    `(module (global (export "g") (mut v128) (v128.const i64x2 0 0)) (memory (export "m") 1)
       (table (export "t") 2 3 funcref) (func $s) (start $s) (func (export "id") (param i64) (result i64) (local.get 0)))`,
  );
  await page
    .getByRole('radiogroup', { name: 'Compiler' })
    .getByRole('radio', { name: 'Cranelift' })
    .click();
  await run(page);
  const exports = page.getByRole('region', { name: 'Exports' });
  await exports.getByText('Elements', { exact: true }).click();
  await exports.getByRole('table', { name: 'Elements of t' }).getByRole('row').nth(2).waitFor();
  await exports.getByRole('spinbutton', { name: 'Elements to grow t by' }).fill('9');
  await exports.getByRole('button', { name: 'Grow t', exact: true }).click();
  await exports.getByRole('alert').waitFor();
  await call(page, 'id', '1');
  await exports.getByText('1 call', { exact: true }).click();
  await exports.getByRole('button', { name: 'Repeat id' }).click();
  await expect
    .poll(() => exports.getByRole('list', { name: 'History of id' }).getByRole('listitem').count())
    .toBe(2);
  await exports
    .getByRole('combobox', { name: 'Lane shape of New value of g' })
    .selectOption('i8x16');
  expect(await violations(), 'exports').toEqual([]);
}

/** Fills the panel Memory: folded rows, differences from a snapshot, and the tools for a range. */
async function everyMemory(): Promise<void> {
  await newTab(
    page,
    `(module (memory (export "m") 1) (data (i32.const 4000) "here")
       (func (export "put") (param i32) (i32.store8 (local.get 0) (i32.const 1))))`,
  );
  await run(page);
  await show(page, 'Memory');
  const memory = page.getByRole('region', { name: 'Memory', exact: true });
  for (const name of ['Fold same rows', 'Differences…', 'Range…', 'Mark now']) {
    await memory.getByRole('button', { name, exact: true }).click();
  }
  await show(page, 'Timings');
  await call(page, 'put', '4000');
  await show(page, 'Memory');
  await memory.getByRole('table', { name: 'Differences list' }).waitFor();
  await memory
    .getByText(/rows the same as above/)
    .first()
    .waitFor();
  expect(await violations(), 'memory').toEqual([]);
  await show(page, 'Timings');
}

/**
 * Fills the panels Imports and Calls: a form of every kind, chosen providers, and recorded calls.
 */
async function everyImport(): Promise<void> {
  const kinds = [
    'Log the call',
    'Read a string',
    'Counter',
    'Clock',
    'Random',
    'Exit early',
    'Trap with a message',
  ];
  const functions = [...kinds, 'JavaScript', 'Return a value'];
  await newTab(
    page,
    `(module
      ${functions.map((_, at) => `(import "env" "f${at}" (func $f${at} (param i32) (result i32)))`).join('\n')}
      (import "env" "memory" (memory 1 2)) (import "env" "table" (table 1 funcref)) (import "env" "g" (global i32))
      (import "env" "missing" (global f64))
      (func (export "go") (result i32) (call $f8 (i32.const 1))))`,
  );
  await show(page, 'Imports');
  const imports = page.getByRole('region', { name: 'Imports' });
  await imports.getByRole('combobox', { name: 'Provider of env.missing' }).waitFor();
  expect(await violations(), 'missing imports').toEqual([]);
  await imports.getByRole('button', { name: 'Provide all', exact: true }).click();
  await imports.getByRole('status', { name: 'Chosen providers' }).waitFor();
  expect(await violations(), 'Provide all').toEqual([]);
  for (const [at, kind] of functions.entries()) {
    const provider = imports.getByRole('combobox', { name: `Provider of env.f${at}` });
    await provider.scrollIntoViewIfNeeded();
    await provider.selectOption({ label: kind });
  }
  await imports.getByRole('textbox', { name: 'JavaScript of env.f7' }).waitFor();
  expect(await violations(), 'providers').toEqual([]);
  await imports.getByRole('button', { name: 'Copy as' }).click();
  expect(await violations(), 'Copy as').toEqual([]);
  await page.keyboard.press('Escape');
  await run(page);
  await show(page, 'Exports');
  await call(page, 'go');
  await show(page, 'Calls');
  await page.getByRole('table', { name: 'Host calls' }).getByRole('row').nth(1).waitFor();
  expect(await violations(), 'Calls').toEqual([]);
}

for (const theme of ['first', 'second']) {
  test(`axe finds no violation on any screen in the ${theme} theme`, async () => {
    if (theme === 'second') await page.getByRole('button', { name: 'Toggle theme' }).click();
    await page.getByRole('tab', { name: /add_one/ }).click();
    await show(page, 'Exports');
    expect(await violations()).toEqual([]);

    await run(page);
    await call(page, 'add_one', '41');
    expect(await violations()).toEqual([]);

    await newTab(page, '(module (func (export "f") i32.cnst 1))');
    await page.locator('.cm-lintRange-error').first().waitFor();
    await show(page, 'Problems');
    expect(await violations()).toEqual([]);

    for (const panel of [
      'Artifact',
      'Memory',
      'Timings',
      'Calls',
      'Imports',
      'WASI',
      'WASI calls',
      'Files',
      'Target',
      'Module',
      'Settings',
      'Exports',
    ]) {
      await show(page, panel);
      expect(await violations(), panel).toEqual([]);
    }

    await everyExport();
    await everyMemory();
    await everyImport();
    await otherMachine();
    await page.getByRole('button', { name: 'Download', exact: true }).click();
    expect(await violations(), 'downloads').toEqual([]);
    await page.keyboard.press('Escape');

    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('dialog').waitFor();
    expect(await violations(), 'palette').toEqual([]);
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: /shortcuts/i }).click();
    await page.getByRole('dialog').waitFor();
    expect(await violations(), 'shortcuts').toEqual([]);
    await page.keyboard.press('Escape');

    for (const [key, what] of [
      ['Alt+0', 'All tabs'],
      ['ControlOrMeta+,', 'Settings of Watshop'],
    ] as const) {
      await page.keyboard.press(key);
      await page.getByRole('dialog', { name: what }).waitFor();
      expect(await violations(), what).toEqual([]);
      await page.keyboard.press('Escape');
    }
    await page.getByRole('tab', { name: /add_one/ }).click();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menu', { name: 'Context menu' }).waitFor();
    expect(await violations(), 'context menu').toEqual([]);
    await page.getByRole('menuitem', { name: 'Rename tab' }).click();
    await page.getByRole('textbox', { name: /^New name of/ }).waitFor();
    expect(await violations(), 'a new name').toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('tablist', { name: 'Open tabs' }).getByRole('tab').first().click();
  });
}

test('axe finds no violation in the theme of high contrast', async () => {
  await page.keyboard.press('ControlOrMeta+,');
  await page.getByRole('radio', { name: 'High contrast' }).click();
  expect(await violations(), 'settings').toEqual([]);
  await page.keyboard.press('Escape');
  await run(page);
  await call(page, 'add_one', '41');
  expect(await violations(), 'results').toEqual([]);
  await newTab(page, '(module (func (export "f") i32.cnst 1))');
  await page.locator('.cm-lintRange-error').first().waitFor();
  await show(page, 'Problems');
  expect(await violations(), 'problems').toEqual([]);
});

test('at 200 % a low panel is scrolled to what is in it, and its tab stays in sight', async () => {
  // A zoom of 200 % leaves this much of 1280 x 800.
  const zoomed = await workshop.open({ viewport: { width: 640, height: 400 } });
  await newTab(
    zoomed,
    '(module (import "env" "f" (func)) (import "env" "g" (func)) (import "env" "h" (func)))',
  );
  await show(zoomed, 'Imports');
  const provider = zoomed.getByRole('combobox', { name: 'Provider of env.h' });
  await provider.focus();
  /** Returns true if a press in the middle of an element would reach the element. */
  const inSight = (element: Locator) =>
    element.evaluate((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    });
  expect(await inSight(provider)).toBe(true);
  expect(await inSight(zoomed.getByRole('tab', { name: /^Imports/ }))).toBe(true);
  await zoomed.close();
});

test('Run works from the keyboard', async () => {
  await page.getByRole('textbox', { name: 'WAT source' }).focus();
  const rows = page.getByRole('table', { name: 'Timings' }).locator('tbody tr');
  const before = await rows.count();
  await page.keyboard.press('ControlOrMeta+Enter');
  await rows.nth(before).waitFor();
});
