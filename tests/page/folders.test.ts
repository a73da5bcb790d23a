// Folders of the host in a browser: the server's start allows them, and the page chooses by name.

import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Page } from 'playwright-core';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { ask } from './contract';
import { Workshop, show } from './workshop';

/** Writes `hi` into `made` in its first folder, and ends with the first error number that is not 0. */
const WRITES = `(module
  (import "wasi_snapshot_preview1" "path_open"
    (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\\08\\00\\00\\00\\02\\00\\00\\00himade")
  (func $check (param i32) (if (local.get 0) (then (call $exit (local.get 0)))))
  (func (export "_start")
    (call $check (call $open (i32.const 3) (i32.const 0) (i32.const 10) (i32.const 4)
      (i32.const 1) (i64.const 64) (i64.const 0) (i32.const 0) (i32.const 20)))
    (call $check (call $write (i32.load (i32.const 20)) (i32.const 0) (i32.const 1) (i32.const 24)))))`;

const house = mkdtempSync(join(tmpdir(), 'watshop-folders-'));
for (const name of ['own', 'shown', 'secret']) mkdirSync(join(house, name));
afterAll(() => rmSync(house, { recursive: true }));

const workshop = new Workshop();
workshop.options = [
  `--allow-dir=own=${join(house, 'own')}`,
  `--allow-dir-read-only=shown=${join(house, 'shown')}`,
];
let page: Page;

beforeEach(async () => {
  page = await workshop.openOn(WRITES, { ran: false });
  await show(page, 'WASI');
});

const panel = () => page.getByRole('region', { name: 'WASI', exact: true });
const table = () => panel().getByRole('table', { name: 'Folders' });

async function run(status: number): Promise<void> {
  await show(page, 'Console');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const console = page.getByRole('region', { name: 'Console' });
  await console.getByText(`Exit status ${status}`, { exact: true }).last().waitFor();
}

async function add(name: string): Promise<void> {
  await panel().getByRole('combobox', { name: 'Folder to add' }).selectOption(name);
  await panel().getByRole('button', { name: 'Add folder' }).click();
  await table().getByRole('cell', { name, exact: true }).waitFor();
}

test('a program writes into an allowed folder as far as its switches say', async () => {
  await run(8);
  await add('own');
  await run(69);
  expect(readdirSync(join(house, 'own'))).toEqual([]);
  await table().getByRole('checkbox', { name: 'Write in /own' }).check();
  await run(2);
  await table().getByRole('checkbox', { name: 'Create in /own' }).check();
  await run(0);
  expect(readFileSync(join(house, 'own', 'made'), 'utf8')).toBe('hi');
  await page.reload();
  expect(await table().getByRole('checkbox', { name: 'Create in /own' }).isChecked()).toBe(true);
  await table().getByRole('button', { name: 'Remove folder /own' }).click();
  await run(8);
});

test('a folder that was allowed to be read cannot be written, and its switches say so', async () => {
  await add('shown');
  expect(await table().getByRole('checkbox', { name: 'Write in /shown' }).isDisabled()).toBe(true);
  await table().getByRole('textbox', { name: 'Name of folder 1' }).fill('/other');
  await page.keyboard.press('Enter');
  await table().getByRole('button', { name: 'Remove folder /other' }).waitFor();
  await run(69);
  expect(readdirSync(join(house, 'shown'))).toEqual([]);
});

test('a page names no folder that was not allowed, whatever it sends', async () => {
  await ask(workshop.address, async (client) => {
    const { summary, settings } = await client['tab.new']({ title: null, text: WRITES });
    const tab = summary.id;
    const path = join(house, 'secret');
    const give = client['tab.give_folder']({ tab, path, guest: '/d', access: 'create' });
    await expect(give).rejects.toThrow('a page in a browser may not');
    const configure = (source: unknown) =>
      client['tab.configure']({
        tab,
        settings: {
          ...settings,
          wasi: { ...settings.wasi, folders: [{ guest: '/d', source, access: 'create' }] as never },
        },
      });
    await expect(configure({ kind: 'host', path })).rejects.toThrow('names a folder of the host');
    for (const [name, access] of [
      ['secret', 'No folder is allowed'],
      [path, 'No folder is allowed'],
      ['../secret', 'No folder is allowed'],
      ['shown', 'was allowed with the access `read`'],
    ] as const) {
      await configure({ kind: 'allowed', name });
      const { outcome } = await client['tab.run']({ tab });
      expect(outcome).toMatchObject({ error: { code: 'wasi_folder' } });
      expect(JSON.stringify(outcome)).toContain(access);
    }
  });
  expect(readdirSync(join(house, 'secret'))).toEqual([]);
});

test('the current directory of a program is in one of its folders', async () => {
  const field = panel().getByRole('textbox', { name: 'Current directory' });
  await field.fill('/nowhere');
  await field.press('Enter');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByText("is in none of the program's folders").first().waitFor();
});

test('a virtual folder takes a file, shows what the program wrote, and gives it back', async () => {
  await panel().getByRole('button', { name: 'Add virtual folder' }).click();
  await table().getByRole('checkbox', { name: 'Create in /files' }).waitFor();
  await show(page, 'Files');
  const files = page.getByRole('region', { name: 'Files', exact: true });
  await files.getByText('The folder is empty').waitFor();
  const buffer = Buffer.from('from the person');
  await files.locator('input[type=file]').setInputFiles({ name: 'given', mimeType: '', buffer });
  await files.getByRole('row', { name: /given 15 bytes/ }).waitFor();
  await run(0);
  await show(page, 'Files');
  await files.getByRole('row', { name: /made 2 bytes changed/ }).waitFor();
  expect(await files.getByRole('row', { name: /given/ }).innerText()).not.toContain('changed');
  await files.getByRole('button', { name: 'Show made' }).click();
  const content = files.getByRole('group', { name: 'Content of made' });
  expect(await content.innerText()).toBe('hi');
  await files.getByRole('button', { name: 'Hex' }).click();
  expect(await content.innerText()).toContain('000000  68 69');
  const saved = page.waitForEvent('download');
  await files.getByRole('button', { name: 'Download made' }).click();
  expect(readFileSync(await (await saved).path(), 'utf8')).toBe('hi');
  await files.getByRole('button', { name: 'Remove made' }).click();
  await content.waitFor({ state: 'hidden' });
  await page.reload();
  await show(page, 'Files');
  await files.getByRole('row', { name: /given/ }).waitFor();
  expect(await files.getByRole('row').count()).toBe(2);
});
