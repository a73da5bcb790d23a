// The row of open tabs: many of them, their names, closing them, and the context menus.

import { type Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { ask } from './contract';
import { Workshop, read, run, show, write } from './workshop';

const workshop = new Workshop();

test('of forty tabs each can be read, the one in front is in sight, and all are in a list', async () => {
  const page = await workshop.open();
  await ask(workshop.address, async (client) => {
    for (let at = 1; at <= 40; at++)
      await client['tab.new']({ title: `module-${at}.wat`, text: `(module) ;; ${at}` });
  });
  const tabs = page.getByRole('tablist', { name: 'Open tabs' }).getByRole('tab');
  await expect.poll(() => tabs.count()).toBe(41);
  for (const box of await Promise.all((await tabs.all()).map((tab) => tab.boundingBox())))
    expect(box!.width).toBeGreaterThanOrEqual(120);

  await page.getByRole('button', { name: 'All tabs' }).click();
  await page.getByRole('combobox', { name: 'Tab' }).fill('module 37');
  await page.keyboard.press('Enter');
  const chosen = page.getByRole('tab', { name: /^module-37/ });
  await chosen.and(page.getByRole('tab', { selected: true })).waitFor();
  await expect.poll(() => read(page)).toContain(';; 37');
  const row = (await page.getByRole('tablist', { name: 'Open tabs' }).locator('..').boundingBox())!;
  const box = (await chosen.boundingBox())!;
  expect(box.x).toBeGreaterThanOrEqual(row.x - 1);
  expect(box.x + box.width).toBeLessThanOrEqual(row.x + row.width + 1);
});

test('new tabs are told apart by their names', async () => {
  const page = await workshop.open();
  for (const name of ['untitled.wat', 'untitled-2.wat', 'untitled-3.wat']) {
    await page.keyboard.press('Alt+n');
    await page.getByRole('tab', { name, exact: true, selected: true }).waitFor();
  }
});

test('a dot says that a file is not saved, and nothing else', async () => {
  const page = await workshop.open();
  const tab = page.getByRole('tab', { selected: true }).first();
  expect(await tab.innerText()).not.toContain('●');
  await page.getByRole('textbox', { name: 'WAT source' }).click();
  await page.keyboard.type(';; typed');
  const status = page.getByRole('region', { name: 'Status' });
  await status.getByText('Saved in Watshop').waitFor();
  expect(await tab.innerText()).not.toContain('●');
});

/** Makes tabs with these names and opens the page on the last one. */
async function opened(...titles: string[]): Promise<Page> {
  const page = await workshop.open({ permissions: ['clipboard-read', 'clipboard-write'] });
  await ask(workshop.address, async (client) => {
    for (const title of titles) await client['tab.new']({ title, text: `(module) ;; ${title}` });
  });
  await tab(page, titles.at(-1)!).click();
  return page;
}

const row = (page: Page) => page.getByRole('tablist', { name: 'Open tabs' });
const tab = (page: Page, title: string) => row(page).getByRole('tab', { name: title });
const titles = async (page: Page) =>
  (await row(page).locator('.title').allInnerTexts()).filter((title) => title !== 'add_one.wat');
const menu = (page: Page) => page.getByRole('menu', { name: 'Context menu' });

test('a tab is renamed by a double click and by F2, and Escape keeps its name', async () => {
  const page = await opened('a.wat', 'b.wat');
  const field = page.getByRole('textbox', { name: /^New name of/ });
  await tab(page, 'b.wat').dblclick();
  await field.waitFor();
  // What is typed replaces the name and keeps its ending.
  await page.keyboard.type('mine');
  await page.keyboard.press('Enter');
  await expect.poll(() => titles(page)).toEqual(['a.wat', 'mine.wat']);
  expect(
    await tab(page, 'mine.wat').evaluate((element) => element === document.activeElement),
  ).toBe(true);
  await page.keyboard.press('F2');
  await field.fill('../folder/other.wat');
  await page.keyboard.press('Escape');
  await field.waitFor({ state: 'detached' });
  await page.keyboard.press('F2');
  await field.fill('../folder/other.wat');
  await page.keyboard.press('Enter');
  await expect.poll(() => titles(page)).toEqual(['a.wat', 'other.wat']);
  await page.reload();
  await expect.poll(() => titles(page)).toEqual(['a.wat', 'other.wat']);
});

test('a closed tab is brought back to its place by the button of its notice', async () => {
  const page = await opened('a.wat', 'b.wat', 'c.wat');
  await tab(page, 'b.wat').click();
  await page.keyboard.press('Alt+W');
  const notice = page.getByText('Closed b.wat.');
  await notice.waitFor();
  expect(await titles(page)).toEqual(['a.wat', 'c.wat']);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect.poll(() => titles(page)).toEqual(['a.wat', 'b.wat', 'c.wat']);
  await expect.poll(() => read(page)).toBe('(module) ;; b.wat');
});

test('other tabs and those to the right are closed together, and come back together', async () => {
  const page = await opened('a.wat', 'b.wat', 'c.wat', 'd.wat');
  await tab(page, 'b.wat').click({ button: 'right' });
  await menu(page).getByRole('menuitem', { name: 'Close tabs to the right' }).click();
  await expect.poll(() => titles(page)).toEqual(['a.wat', 'b.wat']);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect.poll(() => titles(page)).toEqual(['a.wat', 'b.wat', 'c.wat', 'd.wat']);
  await tab(page, 'c.wat').click({ button: 'right' });
  await menu(page).getByRole('menuitem', { name: 'Close other tabs' }).click();
  await expect.poll(() => row(page).getByRole('tab').count()).toBe(1);
  // The list of tabs has those that were closed.
  await page.keyboard.press('Alt+0');
  await page.getByRole('combobox', { name: 'Tab' }).fill('d.wat');
  await page.keyboard.press('Enter');
  await expect.poll(() => titles(page)).toEqual(['c.wat', 'd.wat']);
});

test('a context menu opens by the keyboard, is gone through with arrows, and gives the keyboard back', async () => {
  const page = await opened('a.wat', 'b.wat');
  const focused = (name: string) =>
    expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent ?? ''))
      .toContain(name);
  await tab(page, 'b.wat').focus();
  for (const key of ['Shift+F10', 'ContextMenu']) {
    await page.keyboard.press(key);
    await menu(page).waitFor();
    await focused('Rename tab');
    await page.keyboard.press('End');
    await focused('Reopen closed tab');
    await page.keyboard.press('ArrowDown');
    await focused('Rename tab');
    await page.keyboard.press('c');
    await focused('Close tab');
    await page.keyboard.press('Escape');
    await menu(page).waitFor({ state: 'detached' });
    await focused('b.wat');
  }
  await page.keyboard.press('Shift+F10');
  await focused('Rename tab');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'New name of b.wat' }).waitFor();
});

test('globals and tables have a context menu, by the mouse and by the keyboard', async () => {
  const page = await workshop.openOn(
    `(module (global (export "g") i64 (i64.const 77)) (table (export "t") 2 9 funcref))`,
    { ran: true, context: { permissions: ['clipboard-read', 'clipboard-write'] } },
  );
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  const choose = (name: string) => menu(page).getByRole('menuitem', { name, exact: true }).click();
  await show(page, 'Exports');
  await page.getByRole('form', { name: 'g' }).getByText('global').click({ button: 'right' });
  await choose('Copy value');
  await expect.poll(copied).toBe('77');
  const table = page.getByRole('group', { name: 't', exact: true });
  await table.getByRole('spinbutton').last().focus();
  await page.keyboard.press('Shift+F10');
  await choose('Copy type');
  await expect.poll(copied).toBe('2 to 9 elements of funcref');
});

test('exports, imports, problems, bytes and the editor have a context menu', async () => {
  const page = await workshop.openOn(
    `(module (import "env" "log" (func $log (param i32))) (memory (export "m") 1)
  (data (i32.const 0) "hello") (func (export "f") (result i32) i32.const 42))`,
    { ran: false, context: { permissions: ['clipboard-read', 'clipboard-write'] } },
  );
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  const choose = (name: string | RegExp) =>
    menu(page).getByRole('menuitem', { name, exact: true }).click();

  await show(page, 'Imports');
  const row = page.getByRole('group', { name: 'env.log' });
  await row.getByText('log', { exact: true }).click({ button: 'right' });
  await choose('Provide: Log the call');
  await expect
    .poll(() => page.getByRole('combobox', { name: 'Provider of env.log' }).inputValue())
    .toBe('log');
  await run(page);

  await show(page, 'Exports');
  await page
    .getByRole('form', { name: 'f' })
    .getByText('f', { exact: true })
    .click({ button: 'right' });
  await choose('Call');
  await page.getByRole('status', { name: 'Result of f' }).filter({ hasText: '42' }).waitFor();

  await show(page, 'Memory');
  const grid = page.getByRole('grid');
  await grid.getByRole('gridcell', { name: '68' }).first().click({ button: 'right' });
  await choose('Copy address');
  await expect.poll(copied).toMatch(/^0x0+$/);
  await grid.focus();
  await page.keyboard.press('Shift+F10');
  await choose(/^Copy as/);
  await expect.poll(copied).toBe('68');

  await page.getByRole('textbox', { name: 'WAT source' }).click({ button: 'right' });
  await menu(page).getByRole('menuitem', { name: 'Paste' }).waitFor();
  await page.keyboard.press('Escape');
  await write(page, '(module (func i32.ad))');
  await show(page, 'Problems');
  const problem = page.getByRole('region', { name: 'Problems' }).getByRole('listitem');
  await problem.filter({ hasText: 'i32.ad' }).click({ button: 'right' });
  await choose('Copy message');
  await expect.poll(copied).toContain('i32.ad');
});
