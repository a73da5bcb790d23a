// axe finds nothing on any screen, in either theme; the keyboard reaches everything.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Workshop, call, newTab, run } from './workshop';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const workshop = new Workshop();
let page: Page;

beforeAll(async () => {
  await workshop.serve();
  page = await workshop.open({ bypassCSP: true });
});
afterAll(() => workshop.close());

async function violations(): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    // @ts-expect-error axe was put into the page by the line above.
    const { violations } = await window.axe.run();
    return violations.map(
      (v: { id: string; nodes: { html: string }[] }) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`,
    );
  });
}

/** The panels Target and Artifact with all they can show: a list that is open, an error, something that was built. */
async function otherMachine(): Promise<void> {
  await newTab(page, '(module (func (export "f")))');
  await page.getByRole('tab', { name: 'Target', exact: true }).click();
  const triple = page.getByRole('combobox', { name: 'Target triple' });
  await triple.click();
  await page.getByRole('listbox', { name: 'Target triples' }).waitFor();
  expect(await violations(), 'list of triples').toEqual([]);
  await triple.fill('pdp11');
  await page.keyboard.press('Enter');
  await expect.poll(() => triple.getAttribute('aria-invalid')).toBe('true');
  expect(await violations(), 'refused triple').toEqual([]);
  await triple.fill('aarch64-unknown-linux-gnu');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Build', exact: true }).click();
  const artifact = page.getByRole('region', { name: 'Artifact' });
  await artifact.getByRole('button', { name: 'Download sealed artifact' }).waitFor();
  expect(await violations(), 'Build').toEqual([]);
  await page.getByRole('tab', { name: 'Timings', exact: true }).click();
}

for (const theme of ['first', 'second']) {
  test(`axe finds no violation on any screen in the ${theme} theme`, async () => {
    if (theme === 'second') await page.getByRole('button', { name: 'Toggle theme' }).click();
    await page.getByRole('tab', { name: /add_one/ }).click();
    await page.getByRole('tab', { name: 'Exports', exact: true }).click();
    expect(await violations()).toEqual([]);

    await run(page);
    await call(page, 'add_one', '41');
    expect(await violations()).toEqual([]);

    await newTab(page, '(module (func (export "f") i32.cnst 1))');
    await page.locator('.cm-lintRange-error').first().waitFor();
    await page.getByRole('tab', { name: /Problems/ }).click();
    expect(await violations()).toEqual([]);

    for (const panel of ['Artifact', 'Memory', 'Timings', 'WASI', 'Target', 'Module', 'Settings', 'Exports']) {
      await page.getByRole('tab', { name: panel, exact: true }).click();
      expect(await violations(), panel).toEqual([]);
    }

    await otherMachine();
    await page.getByRole('button', { name: 'Download', exact: true }).click();
    expect(await violations(), 'downloads').toEqual([]);
    await page.keyboard.press('Escape');

    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('dialog').waitFor();
    expect(await violations(), 'palette').toEqual([]);
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: /shortcuts/i }).click();
    await page.getByRole('dialog').waitFor();
    expect(await violations(), 'shortcuts').toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('tablist', { name: 'Open tabs' }).getByRole('tab').first().click();
  });
}

test('Run works from the keyboard', async () => {
  await page.getByRole('textbox', { name: 'WAT source' }).focus();
  const rows = page.getByRole('table', { name: 'Timings' }).locator('tbody tr');
  const before = await rows.count();
  await page.keyboard.press('ControlOrMeta+Enter');
  await rows.nth(before).waitFor();
});
