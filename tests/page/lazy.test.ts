// A part of the page whose code cannot be loaded says so, and is loaded later.

import { type Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { Workshop, show } from './workshop';

const workshop = new Workshop();
const FORM = '(module (import "wasi_snapshot_preview1" "proc_exit" (func (param i32))))';

/** Answers no request for files of that name. Returns a function that lets them through again. */
async function withhold(page: Page, name: RegExp): Promise<() => Promise<void>> {
  let asked = 0;
  await page.route(name, (route) => {
    asked++;
    return route.abort();
  });
  return async () => {
    expect(asked).toBeGreaterThan(0);
    await page.unroute(name);
  };
}

test.each([
  ['style sheet', /WasiFolders-.*\.css$/],
  ['module', /WasiFolders-.*\.js$/],
])(
  'a panel whose %s cannot be loaded says so, and is whole when it is tried again',
  async (_, name) => {
    const page = await workshop.openOn(FORM, { ran: false });
    const release = await withhold(page, name);
    await page.reload();
    await show(page, 'WASI');
    const panel = page.getByRole('region', { name: 'WASI', exact: true });
    await panel.getByText('This part of the page could not be loaded').waitFor();
    // The rest of the form can be filled in.
    await panel.getByRole('textbox', { name: 'Program name' }).fill('kept');

    await release();
    await panel.getByRole('button', { name: 'Try again' }).click();
    await panel.getByRole('button', { name: 'Add virtual folder' }).waitFor();
    const sheets = () =>
      page.evaluate(() => [...document.styleSheets].map(({ href }) => href ?? ''));
    expect((await sheets()).some((sheet) => sheet.includes('WasiFolders'))).toBe(true);
  },
);

test('a dialog whose code cannot be loaded is a notice, and opens when it is asked for again', async () => {
  const page = await workshop.openOn('(module)', { ran: false });
  const release = await withhold(page, /Palette-.*\.js$/);
  await page.getByRole('button', { name: 'Command palette' }).click();
  await page.getByRole('alert').getByText('This part of the page could not be loaded').waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);

  await release();
  await page.getByRole('button', { name: 'Command palette' }).click();
  await page.getByRole('dialog').waitFor();
});
