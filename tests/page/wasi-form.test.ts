// The form of a WASI program's settings.

import { readFileSync } from 'node:fs';
import { type Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { Workshop, run, show } from './workshop';

const workshop = new Workshop();
let page: Page;

/** Copies its standard input to standard output, once. */
const ECHO = `(module
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\\10\\00\\00\\00\\20\\00\\00\\00")
  (func (export "_start")
    (drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 4)))
    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))`;

beforeEach(async () => {
  page = await workshop.openOn(ECHO, {
    ran: false,
    context: { permissions: ['clipboard-read', 'clipboard-write'] },
  });
  await page.getByRole('tab', { name: /untitled/ }).click();
  await show(page, 'WASI');
});

const panel = () => page.getByRole('region', { name: 'WASI', exact: true });
const line = () => panel().getByRole('textbox', { name: 'Arguments', exact: true });
const list = () => panel().getByRole('list', { name: 'List of arguments' }).getByRole('textbox');
const words = () =>
  list().evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));

test('arguments are a line with quotes and a list that is reordered, each in step with the other', async () => {
  await line().fill(`-n 'a b' "it's"\nlast`);
  await page.keyboard.press('Tab');
  await expect.poll(words).toEqual(['-n', 'a b', "it's", 'last']);
  expect(await line().inputValue()).toBe(`-n 'a b' 'it'\\''s' last`);

  await panel().getByRole('textbox', { name: 'Argument 4' }).press('Alt+ArrowUp');
  await expect.poll(words).toEqual(['-n', 'a b', 'last', "it's"]);
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
    .toBe('Argument 3');
  await panel().getByRole('button', { name: 'Move argument 1 down' }).click();
  await expect.poll(words).toEqual(['a b', '-n', 'last', "it's"]);
  await panel().getByRole('button', { name: 'Remove argument 2' }).click();
  await panel().getByRole('button', { name: 'Add argument' }).click();
  await page.keyboard.type('x y');
  await page.keyboard.press('Tab');
  await expect.poll(() => line().inputValue()).toBe(`'a b' last 'it'\\''s' 'x y'`);

  await line().fill('"open');
  await page.keyboard.press('Tab');
  await panel().getByText('The quote " has no end.').waitFor();
  expect((await words()).length).toBe(4);
});

test('variables come from pasted .env text', async () => {
  const table = panel().getByRole('table', { name: 'Environment' });
  await panel().getByText('Paste .env text').click();
  await panel()
    .getByRole('textbox', { name: 'Variables as .env text' })
    .fill('# mine\nLANG=en\nexport NAME="a b"\n');
  await panel().getByRole('button', { name: 'Add these variables' }).click();
  await expect.poll(() => table.getByRole('textbox').count()).toBe(4);
  expect(await panel().getByRole('textbox', { name: 'Value of NAME' }).inputValue()).toBe('a b');
  await page.evaluate(() => navigator.clipboard.writeText('LANG=de\nMORE=1'));
  await panel().getByRole('textbox', { name: 'Name of a new variable' }).click();
  await page.keyboard.press('ControlOrMeta+v');
  await expect
    .poll(() => panel().getByRole('textbox', { name: 'Value of LANG' }).inputValue())
    .toBe('de');
  expect(await panel().getByRole('textbox', { name: 'Value of MORE' }).inputValue()).toBe('1');
});

test('a file is standard input, and goes with the tab', async () => {
  const bytes = Buffer.from([0x66, 0x69, 0x6c, 0x65, 0x0a]);
  await panel()
    .getByLabel('File for standard input')
    .setInputFiles({ name: 'in.bin', mimeType: 'application/octet-stream', buffer: bytes });
  await panel().getByText('in.bin').waitFor();
  await page.reload();
  await run(page);
  const output = page.getByRole('log', { name: 'Output' });
  await expect.poll(() => output.innerText()).toMatch(/^file$/m);
});

test('the settings are saved as a file and opened again, and copied in every form', async () => {
  await line().fill(`one 'two three'`);
  await page.keyboard.press('Tab');
  await expect.poll(words).toEqual(['one', 'two three']);
  const download = page.waitForEvent('download');
  await panel().getByRole('button', { name: 'Save WASI settings' }).click();
  const path = await (await download).path();
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
    watshop_wasi: 1,
    arguments: ['one', 'two three'],
  });
  await line().fill('other');
  await page.keyboard.press('Tab');
  await expect.poll(words).toEqual(['other']);
  await panel().getByLabel('Open WASI settings').setInputFiles(path);
  await expect.poll(words).toEqual(['one', 'two three']);

  const copied = async (form: string) => {
    await page.evaluate(() => navigator.clipboard.writeText(''));
    await panel().getByRole('combobox', { name: 'Copy as' }).selectOption(form);
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).not.toBe('');
    return page.evaluate(() => navigator.clipboard.readText());
  };
  expect(await copied('watshop')).toBe("watshop run untitled.wasm -- one 'two three'\n");
  expect(await copied('wasmer')).toBe("wasmer run untitled.wasm -- one 'two three'\n");
  expect(await copied('wasmtime')).toBe("wasmtime run untitled.wasm one 'two three'\n");
  expect(await copied('rust')).toContain('.arg("two three")');
  expect(await copied('python')).toContain('.argument("two three")');
});

/** A component with one core module inside, which exits with status 7. */
const COMPONENT = [
  [0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00], // the preamble of a component
  [0x01, 87], // a core module of 87 bytes
  [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  [0x01, 0x08, 0x02, 0x60, 0x01, 0x7f, 0x00, 0x60, 0x00, 0x00], // types
  [0x02, 36, 1, 22, ...Buffer.from('wasi_snapshot_preview1'), 9, ...Buffer.from('proc_exit'), 0, 0],
  [0x03, 0x02, 0x01, 0x01], // one function
  [0x05, 0x03, 0x01, 0x00, 0x01], // a memory
  [0x07, 10, 1, 6, ...Buffer.from('_start'), 0x00, 0x01],
  [0x0a, 0x08, 0x01, 0x06, 0x00, 0x41, 0x07, 0x10, 0x00, 0x0b],
].flat();

test('a component says what it is, and its core module is opened and run', async () => {
  page.on(
    'filechooser',
    (chooser) =>
      void chooser.setFiles({
        name: 'app.wasm',
        mimeType: 'application/wasm',
        buffer: Buffer.from(COMPONENT),
      }),
  );
  await page.getByRole('button', { name: 'Open files' }).click();
  await page.getByText('is a WebAssembly component').waitFor();
  await page.getByText('cargo build --target wasm32-wasip1').waitFor();
  await page.getByRole('button', { name: 'Run core module 0' }).click();
  await page.getByRole('tab', { name: /app\.core0\.wasm/ }).waitFor();
  await page.getByText('Exit status 7').waitFor();
});
