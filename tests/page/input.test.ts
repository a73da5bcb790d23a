// A WASI program's standard input, typed while it runs.

import { type Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { COMPILERS, Workshop, newTab, show } from './workshop';

/** Greets each line, until the end of its input. Its exit status is the number of reads. */
const GREETER = `(module
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 100) "hello ")
  (func (export "_start") (local $reads i32)
    (loop $again
      (i32.store (i32.const 0) (i32.const 106)) (i32.store (i32.const 4) (i32.const 1000))
      (drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
      (local.set $reads (i32.add (local.get $reads) (i32.const 1)))
      (if (i32.eqz (i32.load (i32.const 8))) (then (call $exit (local.get $reads))))
      (i32.store (i32.const 0) (i32.const 100))
      (i32.store (i32.const 4) (i32.add (i32.const 6) (i32.load (i32.const 8))))
      (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
      (br $again))))`;

const workshop = new Workshop();
let page: Page;

beforeEach(async () => {
  page = await workshop.openOn(GREETER, { ran: false });
});

test('a program hears what is typed, line by line, until the end of its input', async () => {
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const panel = page.getByRole('region', { name: 'Console' });
  const line = panel.getByRole('textbox', { name: 'Standard input' });
  await line.fill('Ada');
  await line.press('Enter');
  // A terminal shows what is typed into it.
  const output = panel.getByRole('log', { name: 'Output' });
  await expect.poll(() => output.innerText()).toMatch(/^Ada\nhello Ada$/m);
  await line.fill('Grace');
  await panel.getByRole('button', { name: 'Send' }).click();
  await expect.poll(() => output.innerText()).toMatch(/hello Grace$/m);
  await line.press('ArrowUp');
  await line.press('ArrowUp');
  expect(await line.inputValue()).toBe('Ada');
  await line.fill('');
  await line.press('Control+d');
  await panel.getByText('Exit status 3').waitFor();
  await line.waitFor({ state: 'hidden' });
});

test('what is typed while the program is compiled waits for it, in order and shown once', async () => {
  await page.getByRole('radio', { name: COMPILERS.at(-1)! }).check();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const line = page.getByRole('textbox', { name: 'Standard input' });
  for (const name of ['Ada', 'Grace']) {
    await line.fill(name);
    await line.press('Enter');
  }
  const output = page.getByRole('log', { name: 'Output' });
  await expect
    .poll(async () => (await output.innerText()).split('\n').toSorted())
    .toEqual(['Ada', 'Grace', 'hello Ada', 'hello Grace']);
  expect(await output.innerText()).toMatch(/Ada[^]*Grace/);
});

test('typed lines belong to their tab, and are there in its next run', async () => {
  const start = page.getByRole('button', { name: 'Run', exact: true });
  const line = page.getByRole('textbox', { name: 'Standard input' });
  await start.click();
  await line.fill('Ada');
  await line.press('Enter');
  await line.fill('half a li');
  await newTab(page, GREETER);
  await start.click();
  await expect.poll(() => line.inputValue()).toBe('');
  await line.press('ArrowUp');
  expect(await line.inputValue()).toBe('');
  await line.press('Control+d');
  await line.waitFor({ state: 'hidden' });
  await page.getByRole('tab', { name: /untitled\.wat , running/ }).click();
  await expect.poll(() => line.inputValue()).toBe('half a li');
  await page.getByRole('button', { name: 'End of input' }).click();
  await line.waitFor({ state: 'hidden' });
  await start.click();
  await line.press('ArrowUp');
  expect(await line.inputValue()).toBe('Ada');
});

test('a program that waits for its input is stopped by Ctrl+C', async () => {
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const line = page.getByRole('textbox', { name: 'Standard input' });
  await expect.poll(() => line.getAttribute('placeholder')).toBe('The program waits for a line.');
  await line.press('Control+c');
  await line.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
});

test('a text as standard input, and clocks and random bytes of the settings, are kept', async () => {
  await show(page, 'WASI');
  const panel = page.getByRole('region', { name: 'WASI', exact: true });
  await panel.getByRole('combobox', { name: 'Comes from' }).selectOption('This text');
  await panel.getByRole('textbox', { name: 'Standard input' }).fill('World');
  await panel.getByRole('combobox', { name: 'Clocks' }).selectOption('All stand still');
  await panel.getByRole('combobox', { name: 'Random bytes' }).selectOption('The same in every run');
  await panel.getByRole('spinbutton', { name: 'Seed' }).fill('7');
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const output = page.getByRole('log', { name: 'Output' });
  await expect.poll(() => output.innerText()).toMatch(/^hello World$/m);
  await page.reload();
  await show(page, 'WASI');
  expect(await panel.getByRole('textbox', { name: 'Standard input' }).inputValue()).toBe('World');
  expect(await panel.getByRole('spinbutton', { name: 'Seed' }).inputValue()).toBe('7');
  await panel.getByText('2026-01-01 00:00:00 UTC').waitFor();
});
