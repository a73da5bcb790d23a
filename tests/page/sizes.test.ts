// The sizes of text, the themes, and the settings of the app.

import { type Locator, type Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { Workshop, call, read, run, show, write } from './workshop';

const workshop = new Workshop();

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Settings of Watshop' });
const height = async (element: Locator) => (await element.boundingBox())!.height;

async function openSettings(page: Page, wanted = ''): Promise<void> {
  await page.keyboard.press('ControlOrMeta+,');
  // The keyboard is in the search at once.
  await dialog(page).waitFor();
  await page.keyboard.insertText(wanted);
}

test('Ctrl and the wheel, and Ctrl with + and -, make the text of one part larger', async () => {
  const page = await workshop.open();
  const line = page.locator('.cm-line').first();
  const lesson = page.getByRole('region', { name: 'Lessons' }).getByRole('button').first();
  const [before, other] = [await height(line), await height(lesson)];
  await line.hover();
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -100);
  await page.keyboard.up('Control');
  await expect.poll(() => height(line)).toBeGreaterThan(before * 1.05);
  await page.getByRole('textbox', { name: 'WAT source' }).click();
  for (let step = 0; step < 9; step++) await page.keyboard.press('ControlOrMeta+=');
  await expect.poll(() => height(line)).toBeGreaterThan(before * 1.9);
  expect(await height(lesson)).toBe(other);
  await page.reload();
  await line.waitFor();
  await expect.poll(() => height(line)).toBeGreaterThan(before * 1.9);
  await page.getByRole('textbox', { name: 'WAT source' }).click();
  await page.keyboard.press('ControlOrMeta+0');
  await expect.poll(() => height(line)).toBe(before);

  await run(page);
  await show(page, 'Exports');
  expect(await call(page, 'add_one', '41')).toContain('42');
  const result = page.getByRole('status', { name: 'Result of add_one' });
  const small = await height(result);
  await page.getByRole('textbox', { name: 'add_one argument 1' }).focus();
  for (let step = 0; step < 10; step++) await page.keyboard.press('ControlOrMeta+=');
  await expect.poll(() => height(result)).toBeGreaterThan(small * 1.8);
});

test('the bytes of a memory that are shown large are still those below the pointer', async () => {
  const page = await workshop.openOn(
    '(module (memory (export "m") 1) (data (i32.const 0) "Watshop!"))',
    { ran: true },
  );
  await show(page, 'Memory');
  const grid = page.getByRole('grid');
  const cell = grid.getByRole('gridcell', { name: '68' }).first();
  const before = await height(cell);
  await grid.focus();
  for (let step = 0; step < 5; step++) await page.keyboard.press('ControlOrMeta+=');
  await expect.poll(() => height(cell)).toBeGreaterThan(before * 1.4);
  await cell.click();
  const inspector = page.getByRole('region', { name: 'Memory' });
  await expect.poll(() => inspector.innerText()).toContain('104');
});

test('all text has one size, from the settings, and nothing runs out of the page', async () => {
  const page = await workshop.open();
  const button = page.getByRole('button', { name: 'Run', exact: true });
  const before = await height(button);
  await openSettings(page, 'all text');
  const slider = dialog(page).getByRole('slider', { name: 'All text' });
  expect(await dialog(page).getByRole('slider').count()).toBe(1);
  await slider.fill('200');
  await page.keyboard.press('Escape');
  await expect.poll(() => height(button)).toBeGreaterThan(before * 1.9);
  const over = () =>
    page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  expect(await over()).toBe(0);
});

test('a page with large text has the columns of a narrower one', async () => {
  const page = await workshop.open({ viewport: { width: 900, height: 700 } });
  const source = page.getByRole('tabpanel', { name: 'Source' });
  const width = async () => Math.round((await source.boundingBox())?.width ?? 0);
  expect(await width()).toBeLessThan(800);
  await openSettings(page, 'all text');
  const slider = dialog(page).getByRole('slider', { name: 'All text' });
  await slider.fill('200');
  await expect.poll(width).toBe(900);
  await slider.fill('100');
  await expect.poll(width).toBeLessThan(800);
});

test('settings are searched, and say if none has the words', async () => {
  const page = await workshop.open();
  await openSettings(page, 'contrast');
  await dialog(page).getByRole('radio', { name: 'High contrast' }).waitFor();
  expect(await dialog(page).getByRole('slider').count()).toBe(0);
  await dialog(page).getByRole('searchbox').fill('no such words');
  await dialog(page).getByText('No setting has these words.').waitFor();
});

test('the theme of high contrast has a contrast of 7 to 1 and comes back', async () => {
  const page = await workshop.open();
  await openSettings(page);
  await dialog(page).getByRole('radio', { name: 'High contrast' }).click();
  await page.keyboard.press('Escape');
  const colours = () =>
    page.evaluate(() => {
      const style = getComputedStyle(document.querySelector('.cm-content')!);
      return [style.color, getComputedStyle(document.querySelector('.cm-editor')!).backgroundColor];
    });
  await expect.poll(colours).toEqual(['rgb(255, 255, 255)', 'rgb(0, 0, 0)']);
  await page.reload();
  await expect.poll(colours).toEqual(['rgb(255, 255, 255)', 'rgb(0, 0, 0)']);
});

test('long lines are wrapped if a person wants that', async () => {
  const page = await workshop.open();
  const text = `(module) ;; ${'long '.repeat(200)}end`;
  await write(page, text);
  const line = page.locator('.cm-line').first();
  const before = await height(line);
  await page.keyboard.press('Alt+z');
  await expect.poll(() => height(line)).toBeGreaterThan(before * 3);
  const wide = await height(line);
  await page.keyboard.press('ControlOrMeta+,');
  await page
    .getByRole('combobox', { name: 'Width of a line' })
    .selectOption({ label: '60 letters' });
  await page.keyboard.press('Escape');
  await expect.poll(() => height(line)).toBeGreaterThan(wide);
  expect(await read(page)).toBe(text);
  await page.keyboard.press('Alt+z');
  await expect.poll(() => height(line)).toBe(before);
});

test('a key is changed, works at once and after a reload, and cannot be taken twice', async () => {
  const page = await workshop.open();
  await openSettings(page, 'keys format the text');
  const key = dialog(page).getByRole('button', { name: /^Key of Format the text/ });
  await key.click();
  await page.keyboard.press('ControlOrMeta+k');
  await dialog(page).getByText('Ctrl+K belongs to Command palette.').waitFor();
  await page.keyboard.press('F9');
  await expect.poll(() => key.innerText()).toBe('F9');
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
  await page.reload();
  await write(page, '(module(func))');
  await page.keyboard.press('F9');
  await expect.poll(() => read(page)).toContain('\n');
  await openSettings(page, 'format the text');
  await dialog(page).getByRole('button', { name: 'Usual key of Format the text' }).click();
  await expect.poll(() => key.innerText()).toBe('Shift+Alt+F');
});

test('new tabs have the compiler of the settings', async () => {
  const page = await workshop.open();
  await openSettings(page, 'compiler');
  await dialog(page)
    .getByRole('combobox', { name: 'Compiler of new tabs' })
    .selectOption('Singlepass');
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'New tab' }).click();
  const compiler = page.getByRole('radiogroup', { name: 'Compiler' });
  await expect
    .poll(() => compiler.getByRole('radio', { name: 'Singlepass' }).isChecked())
    .toBe(true);
  await page.getByRole('tab', { name: 'add_one.wat' }).click();
  await expect
    .poll(() => compiler.getByRole('radio', { name: 'Cranelift' }).isChecked())
    .toBe(true);
});
