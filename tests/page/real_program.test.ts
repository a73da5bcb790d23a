// QuickJS in the page: 2.5 MB of an independent program, with every compiler and engine.

import { type Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { COMPILERS, Workshop, qjs, run, show } from './workshop';

const workshop = new Workshop();
let page: Page;

beforeEach(async () => {
  page = await workshop.open();
  page.on('filechooser', (chooser) => void chooser.setFiles(qjs()));
});

/** Opens QuickJS as a file. */
async function openQuickJs(): Promise<void> {
  // Playwright listens for the chooser only a moment after it was told to. A person would press
  // again, too.
  await page.getByRole('textbox', { name: 'WAT source' }).click();
  const opened = page.getByRole('tab', { name: /qjs\.wasm/ });
  await expect
    .poll(
      async () => {
        if ((await opened.count()) === 0) await page.keyboard.press('ControlOrMeta+o');
        return opened.count();
      },
      { interval: 3000, timeout: 60_000 },
    )
    .toBeGreaterThan(0);
}

test('QuickJS is opened from a file and says 42 with every compiler and engine', async () => {
  await openQuickJs();
  await show(page, 'WASI');
  await page.getByRole('textbox', { name: 'Arguments' }).fill('-e\nconsole.log(6*7)');
  await page.keyboard.press('Tab');

  for (const compiler of COMPILERS) {
    for (const engine of ['JIT', 'Native']) {
      await page.getByRole('radio', { name: compiler }).click();
      await page.getByRole('radio', { name: engine }).click();
      await page.getByRole('button', { name: 'Clear console' }).click();
      await run(page);
      const console = page.getByRole('region', { name: 'Console' });
      await expect.poll(() => console.innerText()).toMatch(/^42$/m);
    }
  }
  const rows = page.getByRole('table', { name: 'Timings' }).locator('tbody tr');
  expect(await rows.count()).toBe(COMPILERS.length * 2);
}, 600_000);

test('a session of QuickJS is typed into the terminal, by lines and by single keys', async () => {
  await openQuickJs();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const panel = page.getByRole('region', { name: 'Console' });
  const output = panel.getByRole('log', { name: 'Output' });
  const line = panel.getByRole('textbox', { name: 'Standard input' });
  await expect.poll(() => line.getAttribute('placeholder')).toBe('The program waits for a line.');
  await line.fill('let six = 6; six * 7');
  await line.press('Enter');
  await expect.poll(() => output.innerText()).toMatch(/^42$/m);

  // QuickJS has an editor of its own, which brings back the line before and takes what is typed at
  // its start.
  await panel.getByRole('button', { name: 'Raw keys' }).click();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('six + 1');
  await page.keyboard.press('Home');
  await page.keyboard.type('1');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('20 + ');
  await page.keyboard.press('Enter');
  await expect.poll(() => output.innerText()).toMatch(/^27$/m);
  await page.keyboard.press('Shift+Tab');
  expect(await line.evaluate((element) => element === document.activeElement)).toBe(false);

  await panel.getByRole('button', { name: 'Raw keys' }).click();
  await line.fill('\\q');
  await line.press('Enter');
  const exit = panel.getByRole('status', { name: 'Exit code' });
  await expect.poll(() => exit.innerText()).toBe('Exit status 0');
}, 600_000);
