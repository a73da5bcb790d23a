// Pictures of the page at work, in both themes and two sizes, into test-results/. The README's is
// one of them: `WATSHOP_UPDATE_SCREENSHOT=1 npm test -- page` puts the new one into docs/.

import { copyFileSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { COMPILERS, ROOT, Workshop, call, run } from './workshop';

const results = join(ROOT, 'test-results');
const workshop = new Workshop('with');

test('the page can be looked at', async () => {
  mkdirSync(results, { recursive: true });
  const page = await workshop.open();
  const lesson = page.getByRole('button', { name: /Fibonacci/i }).first();
  const tabs = page.getByRole('tablist', { name: 'Open tabs' }).getByRole('tab');
  const before = await tabs.count();
  await lesson.click();
  await tabs.nth(before).waitFor();
  for (const compiler of COMPILERS) {
    await page.getByRole('radio', { name: compiler }).click();
    await run(page);
    await call(page, 'fib', '27');
  }
  for (const theme of ['one', 'other']) {
    for (const [width, height] of [
      [1280, 800],
      [900, 700],
    ] as const) {
      await page.setViewportSize({ width, height });
      // The panels take their new size in the first frame, and the graph draws in the second.
      await page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      );
      const path = join(results, `page-${theme}-${width}.png`);
      await page.screenshot({ path });
      expect(statSync(path).size).toBeGreaterThan(20_000);
    }
    await page.getByRole('button', { name: 'Toggle theme' }).click();
  }
  if (process.env.WATSHOP_UPDATE_SCREENSHOT) {
    copyFileSync(join(results, 'page-one-1280.png'), join(ROOT, 'docs', 'screenshot.png'));
  }
});
