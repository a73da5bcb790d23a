// The imports of a module: listed, provided, undone, saved, opened, dropped and copied.

import { readFile } from 'node:fs/promises';
import { beforeEach, expect, test } from 'vitest';
import {
  begin,
  workshop,
  page,
  imports,
  show,
  provider,
  field,
  tabs,
  open,
  provide,
  runAndShow,
  failure,
  CALL,
} from './imports-panel';
import { call, run, show as showIn, write } from './workshop';

beforeEach(begin);

/** A module with an import of each kind. */
const FOUR = `(module
  (import "env" "sum" (func (param i32 i64) (result f64)))
  (import "env" "memory" (memory 1 3))
  (import "other" "count" (global (mut i64)))
  (import "other" "table" (table 2 funcref)))`;

test('what a module imports is listed by namespace, with exact types and a count of what is missing', async () => {
  await open(FOUR);
  const env = imports.getByRole('region', { name: 'Namespace env' });
  await expect.poll(() => env.innerText()).toMatch(/sum\s+function \(i32, i64\) -> f64/);
  expect(await env.innerText()).toContain('memory of 1 to 3 pages');
  const other = imports.getByRole('region', { name: 'Namespace other' });
  expect(await other.innerText()).toContain('mutable global i64');
  await page.getByRole('tab', { name: 'Imports 4', exact: true }).waitFor();
  expect(await provider('env.sum').getAttribute('aria-invalid')).toBe('true');
});

test('Provide all fills every gap, says what it chose, and is taken back', async () => {
  await open(FOUR);
  await imports.getByRole('button', { name: 'Provide all', exact: true }).click();
  const chosen = imports.getByRole('status', { name: 'Chosen providers' });
  await expect.poll(() => chosen.getByRole('listitem').count()).toBe(4);
  expect(await chosen.innerText()).toMatch(
    /env\.sum[\s\S]*env\.memory[\s\S]*other\.count[\s\S]*other\.table/,
  );
  await page.getByRole('tab', { name: 'Imports', exact: true }).waitFor();
  await run(page);
  await imports.getByRole('button', { name: 'Undo change of imports' }).click();
  await page.getByRole('tab', { name: 'Imports 4', exact: true }).waitFor();
  expect(await failure()).toContain('other.table');
  await page
    .getByRole('region', { name: 'Problems' })
    .getByRole('button', { name: 'Provide all' })
    .click();
  await page.getByRole('tab', { name: 'Imports', exact: true }).waitFor();
  // The failure of the Run before offers nothing that is done already.
  const problems = page.getByRole('region', { name: 'Problems' });
  await problems.getByText('No import is missing now.').waitFor();
  expect(await problems.getByRole('button').count()).toBe(0);
  await run(page);
});

test('changes of providers are taken back and done again, by buttons and by keys', async () => {
  await open(CALL('(param i32)'));
  const undo = imports.getByRole('button', { name: 'Undo change of imports' });
  const redo = imports.getByRole('button', { name: 'Redo change of imports' });
  expect([await undo.isEnabled(), await redo.isEnabled()]).toEqual([false, false]);
  await provide('env.f', 'Log the call');
  await field('Template of env.f').fill('one');
  await provide('env.f', 'Trap with a message');
  await undo.click();
  await expect.poll(() => field('Template of env.f').inputValue()).toBe('one');
  await redo.click();
  await field('Message of env.f').waitFor();
  // Undo works anywhere in the panel, except in a field that undoes its own text.
  await provider('env.f').focus();
  await page.keyboard.press('Control+z');
  await expect.poll(() => field('Template of env.f').inputValue()).toBe('one');
  await field('Template of env.f').focus();
  await page.keyboard.press('End');
  await page.keyboard.type('!');
  await page.keyboard.press('Control+z');
  expect(await field('Template of env.f').inputValue()).toBe('one');
  await provider('env.f').focus();
  for (let step = 0; step < 10 && (await undo.isEnabled()); step++)
    await page.keyboard.press('Control+z');
  await page.getByRole('tab', { name: 'Imports 1', exact: true }).waitFor();
  await page.keyboard.press('Control+Shift+z');
  await page.getByRole('tab', { name: 'Imports', exact: true }).waitFor();
  await page.keyboard.press('Control+y');
  await expect.poll(() => field('Template of env.f').inputValue()).toBe('one');
});

test('an import object is saved as a file and opened again, and one that does not fit is refused', async () => {
  await open(CALL('(result i32)'));
  await provide('env.f', 'Return a value');
  await field('Result (i32) of env.f').fill('77');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    imports.getByRole('button', { name: 'Save imports' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/\.imports\.json$/);
  const buffer = await readFile(await file.path());
  expect(JSON.parse(buffer.toString())).toMatchObject({
    schema: 1,
    provisions: [{ module: 'env', name: 'f' }],
  });

  await open(CALL('(result i32)'));
  const chosen = { name: 'f.imports.json', mimeType: 'application/json', buffer };
  await imports.getByLabel('Imports file').setInputFiles(chosen);
  await expect.poll(() => field('Result (i32) of env.f').inputValue()).toBe('77');
  await runAndShow();
  expect(await call(page, 'go')).toContain('77');

  await open('(module (import "env" "f" (memory 1)))');
  await provider('env.f').waitFor();
  await imports.getByLabel('Imports file').setInputFiles(chosen);
  await expect.poll(() => imports.getByRole('alert').innerText()).toContain('env.f');
  await page.getByRole('tab', { name: 'Imports 1', exact: true }).waitFor();
});

/** Drops files on the page, as from another program. */
const drop = (...files: { name: string; text: string }[]) =>
  page.evaluate((files) => {
    const dataTransfer = new DataTransfer();
    for (const { name, text } of files) dataTransfer.items.add(new File([text], name));
    document.body.dispatchEvent(
      new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }),
    );
  }, files);

test('an import object that is dropped is taken into the tab, or says why it is not for this module', async () => {
  const object = (result: string) => ({
    name: 'f.imports.json',
    text: JSON.stringify({
      schema: 1,
      provisions: [{ module: 'env', name: 'f', provider: { provide: 'value', results: [result] } }],
    }),
  });
  await open(CALL('(result i32)'));
  const before = await tabs().count();
  await show('Exports');
  await drop(object('78'));
  // The panel comes to the front, and no tab is opened.
  await expect.poll(() => field('Result (i32) of env.f').inputValue()).toBe('78');
  expect(await tabs().count()).toBe(before);
  await runAndShow();
  expect(await call(page, 'go')).toContain('78');
  await open('(module (import "env" "f" (memory 1)))');
  await provider('env.f').waitFor();
  await drop(object('78'));
  await expect.poll(() => imports.getByRole('alert').innerText()).toContain('env.f');
  await drop({ name: 'f.imports.json', text: '{' });
  await expect.poll(() => imports.getByRole('alert').innerText()).not.toContain('env.f');
  // A module and its import object arrive together: the object is for the module.
  await drop(object('79'), { name: 'both.wat', text: CALL('(result i32)') });
  await tabs().filter({ hasText: /both/ }).first().waitFor();
  await expect.poll(() => field('Result (i32) of env.f').inputValue()).toBe('79');
});

test('the import object is copied as a program in each language', async () => {
  await open(CALL('(result i32)'));
  await provide('env.f', 'Return a value');
  const WORDS = {
    JavaScript: 'WebAssembly.instantiate',
    Rust: 'wasmer',
    Python: 'ImportObject',
    C: 'wasm.h',
  };
  for (const [language, word] of Object.entries(WORDS)) {
    await imports.getByRole('button', { name: 'Copy as' }).click();
    const item = page
      .getByRole('list', { name: 'Languages' })
      .getByRole('button', { name: new RegExp(`^${language}`) });
    await item.click();
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(copied).toContain(word);
    if (await item.isVisible()) await page.keyboard.press('Escape');
  }
});

test('what is provided is kept with the tab, also what the module does not ask for any more', async () => {
  await open(CALL('(result i32)'));
  await provide('env.f', 'Return a value');
  await field('Result (i32) of env.f').fill('5');
  await write(page, '(module)');
  const unused = imports.getByRole('region', { name: 'Not imported' });
  await unused.getByText('env.f').waitFor();
  await write(page, CALL('(result i32)'));
  await expect.poll(() => field('Result (i32) of env.f').inputValue()).toBe('5');
  const other = await workshop.open();
  await other.getByRole('tablist', { name: 'Open tabs' }).getByRole('tab').last().click();
  await showIn(other, 'Imports');
  const kept = other
    .getByRole('region', { name: 'Imports' })
    .getByRole('textbox', { name: 'Result (i32) of env.f' });
  await expect.poll(() => kept.inputValue()).toBe('5');
});
