// The editor: problems as you type, at their place, and formatting that undo reverts.

import { type Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { Workshop, call, read, run, write, show } from './workshop';

const workshop = new Workshop();
let page: Page;

beforeEach(async () => {
  page = await workshop.open();
});

test('a mistake in the text is underlined and listed with its line', async () => {
  await write(page, '(module\n  (func (export "f")\n    i32.cnst 1))');
  await page.locator('.cm-lintRange-error').first().waitFor();
  await show(page, 'Problems');
  const problems = page.getByRole('region', { name: 'Problems' });
  await expect.poll(() => problems.innerText()).toMatch(/\b3\b/);
});

test('a mistake that is taken away and typed again at once is underlined again', async () => {
  await write(page, '(module)');
  const mistake = page.locator('.cm-lintRange-error, .cm-lintPoint-error');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press(')');
  await mistake.first().waitFor();
  // Its underline goes with it, and the text is the one that was checked before anything is sent.
  await page.keyboard.press('Backspace');
  await page.keyboard.press(')');
  await mistake.first().waitFor();
});

test('a module that does not validate is underlined on the line that is wrong', async () => {
  await write(page, '(module\n  (func (export "f") (result i32)\n    i64.const 1))');
  await show(page, 'Problems');
  const problems = page.getByRole('region', { name: 'Problems' });
  await expect.poll(() => problems.innerText()).toMatch(/i64|i32/);
  await page.locator('.cm-lintRange-error').first().waitFor();
});

test('a problem names the setting that helps, and no option of the command line', async () => {
  await write(page, '(module\n  (func $f\n    (return_call $f)))');
  await show(page, 'Problems');
  const problems = page.getByRole('region', { name: 'Problems' });
  await problems.getByText('Turn on tail_call under Proposals in the panel Settings.').waitFor();
  expect(await problems.innerText()).not.toContain('--');
  await show(page, 'Settings');
  const settings = page.getByRole('region', { name: 'Settings' });
  await settings.getByRole('heading', { name: 'Proposals' }).waitFor();
});

test('problems go when they are mended', async () => {
  await write(page, '(module');
  await page.locator('.cm-lintRange-error').first().waitFor();
  await write(page, '(module)');
  await expect.poll(() => page.locator('.cm-lintRange-error').count()).toBe(0);
});

test('a mistake that failed a Run is over once it is corrected', async () => {
  await write(page, '(module\n  (func (export "f") (reslt i32)\n    (i32.const 1)))');
  await page.locator('.cm-lintRange-error').first().waitFor();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const tab = page.getByRole('tab', { name: /^Problems/ });
  // One mistake counts once, though a Run failed by it.
  await expect.poll(() => tab.innerText()).toMatch(/^Problems\s*1$/);
  await show(page, 'Problems');
  const problems = page.getByRole('region', { name: 'Problems' });
  await problems.getByText('reslt').first().waitFor();
  await write(page, '(module\n  (func (export "f") (result i32)\n    (i32.const 1)))');
  await problems.getByText('No problems').waitFor();
  expect(await problems.innerText()).not.toContain('reslt');
  await expect.poll(() => tab.innerText()).toMatch(/^Problems$/);
});

test('a module that does not validate is refused as a file, with the reason', async () => {
  await write(page, '(module\n  (func (export "f") (result i32)\n    i64.const 1))');
  await page.locator('.cm-lintRange-error').first().waitFor();
  let given = 0;
  page.on('download', () => given++);
  for (const name of [/^Module/, /^Wasm text/]) {
    await page.getByRole('button', { name: 'Download', exact: true }).click();
    const menu = page.getByRole('list', { name: 'Downloads' });
    await menu.getByRole('button', { name }).click();
    const refusal = page.getByRole('alert').filter({ hasText: 'i64' });
    await refusal.waitFor();
    await refusal.getByRole('button', { name: 'Dismiss' }).click();
    await refusal.waitFor({ state: 'detached' });
  }
  expect(given).toBe(0);
});

test('formatting is one change that undo takes back', async () => {
  const crooked =
    '(module (func (export "f") (result i32)\n       i32.const 1\n i32.const 2 i32.add))';
  await write(page, crooked);
  await page.keyboard.press('Shift+Alt+f');
  await expect.poll(() => read(page)).not.toBe(crooked);
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => read(page)).toBe(crooked);
});

test('on paper are the whole text and the calls with their results', async () => {
  const body = Array.from({ length: 300 }, (_, n) => `  ;; line ${n}`).join('\n');
  const text = `(module\n${body}\n  (func (export "f") (param i32) (result i32) local.get 0))`;
  await write(page, text);
  await run(page);
  await show(page, 'Exports');
  expect(await call(page, 'f', '7')).toContain('7');
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  const listing = page.getByRole('article', { name: 'Listing' });
  expect(await listing.locator('pre').innerText()).toBe(text);
  expect(await listing.innerText()).toContain('f(7) → 7');
  expect(await page.locator('.page').isVisible()).toBe(false);
  await page.emulateMedia({ media: null });
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await listing.waitFor({ state: 'detached' });
});

test('the search in the text speaks plainly, and the list of keys has one row for nine tabs', async () => {
  await page.getByRole('textbox', { name: 'WAT source' }).click();
  await page.keyboard.press('ControlOrMeta+f');
  await page.getByRole('checkbox', { name: 'Regular expression' }).waitFor();
  await page.getByRole('checkbox', { name: 'Whole words' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  // The dialog is fetched when it is first opened.
  await dialog.getByText('Go to a line').waitFor();
  expect(await dialog.getByText(/^Go to tab/).allInnerTexts()).toEqual(['Go to tab 1 … 9']);
});
