// The row of open tabs, when there are many of them.

import { expect, test } from 'vitest';
import { ask } from './contract';
import { Workshop, read } from './workshop';

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
