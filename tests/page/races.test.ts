// The setting Races: whether a race ends with its page.

import { type Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { ask } from './contract';
import { Workshop } from './workshop';

const workshop = new Workshop();

/** A call that ends only if it is stopped, so that its race goes on. */
const SPIN = '(module (func (export "spin") (loop br 0)))';

/** Chooses in the settings of Watshop whether a race stops if its page is closed. */
async function endRaces(page: Page, ends: boolean): Promise<void> {
  await page.keyboard.press('ControlOrMeta+,');
  const dialog = page.getByRole('dialog', { name: 'Settings of Watshop' });
  await dialog
    .getByRole('checkbox', { name: 'Stop a race if its page is closed' })
    .setChecked(ends);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
}

/** Shows a tab and starts a race of its call, which goes on. */
async function race(page: Page, title: string): Promise<void> {
  await page.getByRole('tablist', { name: 'Open tabs' }).getByRole('tab', { name: title }).click();
  await page.getByRole('tab', { name: 'Timings' }).click();
  const bar = page.getByRole('region', { name: 'Bench' });
  await bar
    .getByRole('combobox', { name: 'Call' })
    .locator('option', { hasText: 'spin' })
    .waitFor({ state: 'attached' });
  await bar.getByRole('button', { name: 'Start race' }).click();
  await page.getByRole('region', { name: 'Race' }).getByRole('progressbar').first().waitFor();
}

/** Returns true if the last race of a tab is over. */
function over(title: string): Promise<boolean | undefined> {
  return ask(workshop.address, async (client) => {
    const { tabs } = await client['workbench.hello']({});
    const { id } = tabs.find((tab) => tab.title === title)!;
    return (await client['tab.get']({ tab: id })).race?.over;
  });
}

test('a race ends with its page if the setting says so, and otherwise goes on', async () => {
  await ask(workshop.address, async (client) => {
    for (const title of ['stays.wat', 'ends.wat']) await client['tab.new']({ title, text: SPIN });
  });
  const page = await workshop.open();
  await race(page, 'stays.wat');
  await endRaces(page, true);
  await race(page, 'ends.wat');
  expect([await over('stays.wat'), await over('ends.wat')]).toEqual([false, false]);
  await page.close();
  // The workbench has noticed then that the page is gone.
  await expect.poll(() => over('ends.wat')).toBe(true);
  expect(await over('stays.wat')).toBe(false);

  const next = await workshop.open();
  await next.getByRole('tab', { name: 'stays.wat' }).click();
  await next.getByRole('tab', { name: 'Timings' }).click();
  const region = next.getByRole('region', { name: 'Race' });
  await region.getByRole('progressbar').first().waitFor();
  await region.getByRole('button', { name: 'Stop race' }).click();
  await expect.poll(() => over('stays.wat')).toBe(true);
});
