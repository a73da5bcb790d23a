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

test('QuickJS is opened from a file and says 42 with every compiler and engine', async () => {
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
