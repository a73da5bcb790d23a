// Commands of the palette, chosen by keyboard alone.

import { expect } from 'vitest';
import type { Page } from 'playwright-core';

/** Runs the command with this title. */
export async function command(page: Page, title: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await palette.getByRole('combobox', { name: 'Command' }).waitFor();
  await page.keyboard.type(title);
  const chosen = palette.locator('[role="option"][aria-selected="true"] > span:first-child');
  await expect.poll(() => chosen.first().innerText()).toMatch(new RegExp(`^${title}`));
  for (let presses = 0; (await chosen.innerText()) !== title; presses++) {
    if (presses === 10) throw new Error(`The palette has no command ${title}`);
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await palette.waitFor({ state: 'detached' });
}
