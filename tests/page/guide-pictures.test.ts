// Follows the worked example of each page of the guide, and looks at its panel. This also makes the
// pictures of the guide: `WATSHOP_UPDATE_SCREENSHOT=1 npm test -- page` puts new ones into
// docs/guide/pictures/.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { COMPILERS, ROOT, Workshop, call, newTab, run, show } from './workshop';

const folder = join(
  ROOT,
  process.env.WATSHOP_UPDATE_SCREENSHOT ? 'docs/guide/pictures' : 'test-results',
);
const workshop = new Workshop('with');
let page: Page;

beforeEach(async () => {
  mkdirSync(folder, { recursive: true });
  page = await workshop.open({ viewport: { width: 1360, height: 900 }, colorScheme: 'light' });
});

const region = (name: string) => page.getByRole('region', { name, exact: true });

/** Opens a lesson in a tab of its own. */
async function lesson(title: string): Promise<void> {
  const tabs = page.getByRole('tablist', { name: 'Open tabs' }).getByRole('tab');
  const before = await tabs.count();
  await region('Lessons').getByRole('button', { name: title }).first().click();
  await tabs.nth(before).waitFor();
}

/** Saves a picture of an element as a WebP that the browser itself makes. */
async function picture(name: string, element: Locator): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
  const png = (await element.screenshot({ animations: 'disabled' })).toString('base64');
  const webp = await page.evaluate(async (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
    canvas.getContext('2d')!.drawImage(bitmap, 0, 0);
    return canvas.toDataURL('image/webp', 0.85).split(',')[1]!;
  }, png);
  writeFileSync(join(folder, `${name}.webp`), Buffer.from(webp, 'base64'));
}

/** Finds the panel with its row of tabs. */
const group = (name: string) => page.locator('.dv-groupview').filter({ has: region(name) });

test('Lessons, Source and Exports: add_one 41 is 42', async () => {
  await run(page);
  expect(await call(page, 'add_one', '41')).toContain('42');
  await picture('lessons', group('Lessons'));
  await picture('exports', group('Exports'));
});

test('Lesson: a check says what came out, and a hint leads on', async () => {
  await lesson('A switch');
  await show(page, 'Lesson');
  const panel = region('Lesson');
  await panel.getByRole('button', { name: 'Check', exact: true }).click();
  await panel.getByText('Came out').first().waitFor();
  await panel.getByRole('button', { name: 'Hint', exact: true }).click();
  await panel.getByRole('list', { name: 'Hints' }).waitFor();
  await picture('lesson', group('Lesson'));
});

test('Source and Problems: a mistake is underlined, and listed with its place', async () => {
  await newTab(
    page,
    '(module\n  (func (export "add") (param i32 i32) (result i32)\n    local.get 0\n    local.get 1\n    i32.ad))',
  );
  await page.locator('.cm-lintRange-error').first().waitFor();
  await show(page, 'Problems');
  await region('Problems').getByText('Perhaps').first().waitFor();
  await picture('source', group('Source'));
  await picture('problems', group('Problems'));
  await show(page, 'Console');
});

test('Imports and Calls: what is missing is provided, and its calls are recorded', async () => {
  await lesson('Something is missing');
  await show(page, 'Imports');
  await region('Imports').getByText('missing').first().waitFor();
  await region('Imports').getByRole('button', { name: 'Provide all', exact: true }).click();
  await region('Imports').getByRole('status', { name: 'Chosen providers' }).waitFor();
  await run(page);
  await show(page, 'Exports');
  await call(page, 'count_down', '3');
  await show(page, 'Imports');
  await picture('imports', group('Imports'));
  await show(page, 'Calls');
  await page.getByRole('table', { name: 'Host calls' }).getByRole('row').nth(1).waitFor();
  await picture('calls', group('Calls'));
  await show(page, 'Console');
  await show(page, 'Exports');
});

/** Writes a greeting into `greeting.txt` in its first folder. */
const GREETS = `(module
  (import "wasi_snapshot_preview1" "path_open"
    (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\\10\\00\\00\\00\\18\\00\\00\\00")
  (data (i32.const 16) "Hello from a WASI guest\\n")
  (data (i32.const 64) "greeting.txt")
  (func (export "_start")
    (drop (call $open (i32.const 3) (i32.const 0) (i32.const 64) (i32.const 12)
      (i32.const 9) (i64.const 64) (i64.const 0) (i32.const 0) (i32.const 100)))
    (drop (call $write (i32.load (i32.const 100)) (i32.const 0) (i32.const 1) (i32.const 104)))))`;

test('Files: a program has written a file', async () => {
  page = await workshop.openOn(GREETS, {
    ran: true,
    context: { viewport: { width: 1360, height: 900 }, colorScheme: 'light' },
    settings: ({ wasi }) => ({
      wasi: {
        ...wasi,
        folders: [{ guest: '/files', source: { kind: 'held', name: 'files' }, access: 'create' }],
      },
    }),
  });
  // The page that was open before may have saved which tab is in front.
  await page.getByRole('tab', { name: /untitled/ }).click();
  await show(page, 'Files');
  await region('Files').getByRole('button', { name: 'Show greeting.txt' }).click();
  await region('Files').getByRole('group', { name: 'Content of greeting.txt' }).waitFor();
  await picture('files', group('Files'));
});

test('WASI calls: a program opens and writes a file', async () => {
  page = await workshop.openOn(GREETS, {
    ran: true,
    context: { viewport: { width: 1360, height: 900 }, colorScheme: 'light' },
    settings: ({ wasi }) => ({
      wasi: {
        ...wasi,
        timeline: true,
        folders: [{ guest: '/files', source: { kind: 'held', name: 'files' }, access: 'create' }],
      },
    }),
  });
  await page.getByRole('tab', { name: /untitled/ }).click();
  await show(page, 'WASI calls');
  await region('WASI calls').getByRole('button', { name: 'Call 2', exact: true }).click();
  await picture('wasi-calls', group('WASI calls'));
});

test('WASI and Console: a program prints its arguments', async () => {
  await lesson('The program prints its arguments');
  await show(page, 'WASI');
  await region('WASI').getByRole('textbox', { name: 'Arguments' }).fill('bread butter');
  await run(page);
  await region('Console').getByText('butter').waitFor();
  await picture('wasi', group('WASI'));
  await picture('console', group('Console'));
});

test('Timings, Artifact, Module and Settings: one function, every compiler', async () => {
  await lesson('Fibonacci');
  for (const compiler of COMPILERS) {
    await page.getByRole('radio', { name: compiler }).click();
    await run(page);
    await show(page, 'Exports');
    expect(await call(page, 'fib', '27')).toContain('196418');
  }
  await picture('timings', group('Timings'));
  await page.getByRole('tab', { name: 'Compare', exact: true }).click();
  const compare = region('Compare');
  await compare.getByRole('button', { name: 'Compare', exact: true }).click();
  await compare.getByRole('status').filter({ hasText: 'fib(27) = 196418' }).waitFor();
  await picture('compare', group('Timings'));
  await show(page, 'Artifact');
  await region('Artifact').getByRole('list', { name: 'Sandbox' }).waitFor();
  await picture('artifact', group('Artifact'));
  await show(page, 'Module');
  await picture('module', group('Module'));
  await show(page, 'Settings');
  await picture('settings', group('Settings'));
  await show(page, 'Timings');
});

test('Target: code for another machine is built and not run', async () => {
  await lesson('Fibonacci');
  await show(page, 'Target');
  await page.getByRole('radio', { name: 'Cranelift' }).click();
  const triple = page.getByRole('combobox', { name: 'Target triple' });
  await triple.fill('aarch64-unknown-linux-gnu');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Build', exact: true }).click();
  await region('Artifact').getByRole('button', { name: 'Download sealed artifact' }).waitFor();
  await show(page, 'Target');
  await picture('target', group('Target'));
  await show(page, 'Timings');
});

test('Memory: numbers are seen while they are sorted', async () => {
  await lesson('Sorting in memory');
  await run(page);
  await show(page, 'Memory');
  const memory = region('Memory');
  await memory.getByRole('combobox', { name: 'Changes since' }).selectOption('call');
  await show(page, 'Timings');
  await show(page, 'Exports');
  expect(await call(page, 'sort')).toContain('14');
  await show(page, 'Memory');
  await memory.getByRole('grid').first().waitFor();
  await picture('memory', group('Memory'));
});
