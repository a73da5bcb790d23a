// The editor: problems as you type, at their place, and formatting that undo reverts.

import { type Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { Workshop, read, write, show } from './workshop';

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

test('formatting is one change that undo takes back', async () => {
  const crooked =
    '(module (func (export "f") (result i32)\n       i32.const 1\n i32.const 2 i32.add))';
  await write(page, crooked);
  await page.keyboard.press('Shift+Alt+f');
  await expect.poll(() => read(page)).not.toBe(crooked);
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => read(page)).toBe(crooked);
});
