// axe in a page, which must have been opened with `bypassCSP`.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Returns the violations that axe finds on the page as it is. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    // @ts-expect-error axe was put into the page by the line above.
    const { violations } = await window.axe.run();
    return violations.map(
      (v: { id: string; nodes: { html: string }[] }) =>
        `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`,
    );
  });
}
