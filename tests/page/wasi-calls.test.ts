// The record of the calls of WASI.

import { type Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { Workshop, run, show } from './workshop';

const workshop = new Workshop();
let page: Page;

/** Fails to open a file, makes another, and writes to it so many times. */
const writes = (times: number) => `(module
  (import "wasi_snapshot_preview1" "path_open"
    (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\\10\\00\\00\\00\\05\\00\\00\\00")
  (data (i32.const 16) "hello")
  (data (i32.const 64) "missing.toml")
  (func (export "_start") (local $left i32)
    (drop (call $open (i32.const 3) (i32.const 0) (i32.const 64) (i32.const 12)
      (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 100)))
    (drop (call $open (i32.const 3) (i32.const 0) (i32.const 64) (i32.const 7)
      (i32.const 9) (i64.const 64) (i64.const 0) (i32.const 0) (i32.const 100)))
    (local.set $left (i32.const ${times}))
    (loop $next
      (drop (call $write (i32.load (i32.const 100)) (i32.const 0) (i32.const 1) (i32.const 104)))
      (local.set $left (i32.sub (local.get $left) (i32.const 1)))
      (br_if $next (local.get $left)))))`;

const panel = () => page.getByRole('region', { name: 'WASI calls', exact: true });
const rows = () =>
  panel().getByRole('table', { name: 'Calls of WASI' }).locator('tbody tr[aria-rowindex]');
const state = () => panel().getByRole('status', { name: 'WASI calls state' });

async function open(times: number, timeline: boolean): Promise<void> {
  page = await workshop.openOn(writes(times), {
    ran: false,
    settings: ({ wasi }) => ({
      wasi: {
        ...wasi,
        timeline,
        folders: [{ guest: '/files', source: { kind: 'held', name: 'files' }, access: 'create' }],
      },
    }),
  });
  await page.getByRole('tab', { name: /untitled/ }).click();
  await show(page, 'WASI calls');
}

test('calls of WASI are recorded if that is asked for, filtered, counted and shown in memory', async () => {
  await open(3, false);
  await run(page);
  await show(page, 'WASI calls');
  await panel().getByText('Press Record, then Run.').waitFor();
  await panel().getByRole('button', { name: 'Record', exact: true }).click();
  await run(page);
  await show(page, 'WASI calls');
  await expect.poll(() => rows().count()).toBe(5);
  const texts = await rows().allInnerTexts();
  expect(texts[0]).toMatch(/path_open\s+fd=3 \("\/files"\).*path="missing.toml"[\s\S]*NOENT/);
  expect(texts[2]).toMatch(/fd_write\s+fd=4 \("\/files\/missing"\).*"hello"\s+written=5/);

  const filter = panel().getByRole('searchbox', { name: 'Filter WASI calls' });
  await filter.fill('noent');
  await expect.poll(() => rows().count()).toBe(1);
  expect(await state().innerText()).toBe('1 of 5 calls');
  await filter.fill('');
  await panel().getByRole('button', { name: 'Errors' }).click();
  await expect.poll(() => rows().count()).toBe(1);
  await panel().getByRole('button', { name: 'Errors' }).click();

  await panel().getByRole('button', { name: 'Totals' }).click();
  const totals = panel().getByRole('table', { name: 'Totals of WASI calls' });
  const opened = totals.getByRole('row', { name: /path_open/ });
  expect(await opened.innerText()).toMatch(/path_open\s+2\s+1\s/);
  await totals.getByRole('button', { name: 'fd_write' }).click();
  await expect.poll(() => rows().count()).toBe(3);

  await panel().getByRole('button', { name: 'Call 3', exact: true }).click();
  const detail = panel().getByRole('group', { name: 'WASI call in detail' });
  await detail.getByRole('button', { name: 'wrote written, 4 bytes at 0x68' }).waitFor();
  await detail.getByRole('button', { name: 'read iovs, 5 bytes at 0x10' }).click();
  await page.getByRole('region', { name: 'Memory', exact: true }).waitFor();
  await expect
    .poll(() => page.getByRole('region', { name: 'Memory', exact: true }).innerText())
    .toContain('hello');

  await show(page, 'WASI calls');
  await panel().getByRole('button', { name: 'Clear WASI calls' }).click();
  await expect.poll(() => rows().count()).toBe(0);
});

test('of a long record only the rows in view are read, anywhere in it, and what is gone is counted', async () => {
  await open(25_000, true);
  await run(page);
  await show(page, 'WASI calls');
  await expect.poll(() => state().innerText()).toBe('25,002 calls, the oldest 5,002 are gone');
  await expect.poll(async () => (await rows().allInnerTexts()).at(-1)).toMatch(/^25002\s/);
  expect(await rows().count()).toBeLessThan(200);
  const list = panel().getByRole('group', { name: 'WASI calls table' });
  await list.evaluate((element) => (element.scrollTop = 0));
  await expect.poll(async () => (await rows().allInnerTexts())[0]).toMatch(/^5003\s/);
  await list.evaluate((element) => (element.scrollTop = element.scrollHeight / 2));
  await expect.poll(async () => (await rows().allInnerTexts())[0]).toMatch(/^14\d{3}\s/);
  expect(await rows().count()).toBeLessThan(200);
});

test('a program that waits for its input shows the call in which it waits', async () => {
  page = await workshop.openOn(
    `(module
      (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
      (memory (export "memory") 1)
      (data (i32.const 0) "\\10\\00\\00\\00\\20\\00\\00\\00")
      (func (export "_start")
        (drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))))`,
    { ran: false, settings: ({ wasi }) => ({ wasi: { ...wasi, timeline: true } }) },
  );
  await page.getByRole('tab', { name: /untitled/ }).click();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const line = page.getByRole('textbox', { name: 'Standard input' });
  // When the program waits, the Console comes to the front. Another panel is shown after that.
  await line.and(page.getByPlaceholder('The program waits for a line.')).waitFor();
  await show(page, 'WASI calls');
  await expect.poll(() => rows().allInnerTexts()).toEqual([expect.stringContaining('running…')]);
  await show(page, 'Console');
  await line.fill('Ada');
  await line.press('Enter');
  await line.waitFor({ state: 'hidden' });
  await show(page, 'WASI calls');
  await expect
    .poll(() => rows().allInnerTexts())
    .toEqual([expect.stringContaining('read=4 "Ada\\n"')]);
});

test('a rule makes a call fail, another answers without doing anything, and both are kept', async () => {
  await open(3, true);
  await panel().getByRole('button', { name: 'Rules' }).click();
  await panel().getByRole('button', { name: 'Add rule' }).click();
  const rules = panel().getByRole('table', { name: 'Rules' });
  await rules.getByRole('combobox', { name: 'Function of rule 1' }).fill('fd_write');
  await rules.getByRole('spinbutton', { name: 'Calls before rule 1' }).fill('1');
  await rules.getByRole('combobox', { name: 'Value of rule 1' }).fill('nospc');
  await panel().getByRole('button', { name: 'Add rule' }).click();
  await rules.getByRole('textbox', { name: 'Path of rule 2' }).fill('missing.toml');
  await rules
    .getByRole('combobox', { name: 'Action of rule 2' })
    .selectOption('Do nothing, result');
  await rules.getByRole('textbox', { name: 'Value of rule 2' }).fill('77');
  await page.keyboard.press('Tab');
  await run(page);
  await show(page, 'WASI calls');
  // The rules take the room of the calls in a low panel.
  await panel().getByRole('button', { name: 'Rules (2)' }).click();
  const results = async () => (await rows().allInnerTexts()).map((text) => text.split('\t')[4]);
  await expect
    .poll(results)
    .toEqual(['opened=77rule 2', 'opened=4', 'written=5', 'NOSPCrule 1', 'NOSPCrule 1']);
  await page.reload();
  await show(page, 'WASI calls');
  await panel().getByRole('button', { name: 'Rules (2)' }).click();
  expect(await rules.getByRole('textbox', { name: 'Value of rule 2' }).inputValue()).toBe('77');
  await rules.getByRole('combobox', { name: 'Function of rule 1' }).fill('fd_wirte');
  await page.keyboard.press('Tab');
  await page.getByText('WASI has no function').waitFor();
});
