// The guide beside the panels: F1 and each `?` open it, its links and its search work, and it needs
// no network.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { Workshop, show } from './workshop';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const workshop = new Workshop();
let page: Page;
/** The addresses of all requests since the page was opened. */
let asked: string[] = [];

beforeEach(async () => {
  page = await workshop.open({ bypassCSP: true });
  asked = [];
  page.on('request', (request) => asked.push(request.url()));
});

const guide = () => page.getByRole('complementary', { name: 'Guide', exact: true });
const heading = (name: string) => guide().getByRole('heading', { name, exact: true });

/** Opens the guide at its first page. */
async function open(): Promise<void> {
  await page.getByRole('button', { name: 'Guide', exact: true }).click();
  await heading('Guide').waitFor();
}

async function violations(): Promise<string[]> {
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

test('F1 opens it with the keyboard in it, and Escape gives the keyboard back', async () => {
  const editor = page.getByRole('textbox', { name: 'WAT source' });
  await editor.click();
  await page.keyboard.press('F1');
  await heading('Guide').waitFor();
  await expect
    .poll(() => guide().evaluate((aside) => aside.contains(document.activeElement)))
    .toBe(true);
  await page.keyboard.press('Escape');
  await guide().waitFor({ state: 'detached' });
  expect(await editor.evaluate((element) => element.contains(document.activeElement))).toBe(true);
});

test('the ? of a row of panels opens the page about the panel in front', async () => {
  await show(page, 'Memory');
  await page.getByRole('button', { name: 'Guide: Memory' }).click();
  await heading('Memory').waitFor();
  await show(page, 'Artifact');
  await page.getByRole('button', { name: 'Guide: Artifact' }).click();
  await heading('Artifact').waitFor();
  await page.getByRole('button', { name: 'Guide: Source' }).click();
  await heading('Source').waitFor();
});

test('links lead from page to page and to a heading, and Back leads back', async () => {
  await open();
  await guide().getByRole('link', { name: 'The first ten minutes' }).click();
  await heading('The first ten minutes').waitFor();
  await guide().getByRole('link', { name: 'Problems' }).first().click();
  await heading('Problems').waitFor();
  await guide().getByRole('button', { name: 'Back' }).click();
  await heading('The first ten minutes').waitFor();
  await guide().getByRole('button', { name: 'Back' }).click();
  await guide().getByRole('link', { name: 'The import object' }).click();
  await heading('The import object').waitFor();
});

test('its pictures are there', async () => {
  await page.getByRole('button', { name: 'Guide: Exports' }).click();
  const picture = guide().getByRole('img', { name: 'The panel Exports after a call' });
  await expect
    .poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(100);
});

test('a search finds every page that has the words, and says so where none has', async () => {
  await open();
  const field = guide().getByRole('searchbox', { name: 'Search the guide' });
  await field.fill('wasi_memory');
  const found = guide().getByRole('list', { name: 'Found in the guide' }).getByRole('button');
  await expect.poll(() => found.count()).toBeGreaterThan(1);
  await found.filter({ hasText: 'Error codes' }).first().click();
  await heading('wasi_memory').waitFor();
  await expect
    .poll(() => heading('wasi_memory').evaluate((one) => one === document.activeElement))
    .toBe(true);
  await field.fill('trebuchet');
  await guide().getByText('The guide has nothing about').waitFor();
  await page.keyboard.press('Escape');
  await heading('Error codes').waitFor();
});

test('the panels keep working beside it', async () => {
  await open();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('textbox', { name: 'add_one argument 1' }).fill('41');
  await page.getByRole('button', { name: 'Call add_one' }).click();
  await page.getByRole('status', { name: 'Result of add_one' }).filter({ hasText: '42' }).waitFor();
  expect(await guide().isVisible()).toBe(true);
});

test('axe finds no violation in it, in either theme and where it lies over the panels', async () => {
  await open();
  await guide().getByRole('link', { name: 'Error codes' }).first().click();
  await heading('Error codes').waitFor();
  for (const [width, height] of [
    [1280, 800],
    [720, 600],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const name of ['Guide', 'Error codes']) {
      const way =
        name === 'Guide'
          ? guide().getByRole('button', { name: 'Contents' })
          : guide().getByRole('link', { name });
      await way.first().click();
      await heading(name).waitFor();
      for (let theme = 0; theme < 2; theme++) {
        expect(await violations(), `${name}, ${width}`).toEqual([]);
        await page.keyboard.press('ControlOrMeta+k');
        await page
          .getByRole('textbox', { name: 'Command' })
          .or(page.getByRole('combobox', { name: 'Command' }))
          .fill('toggle theme');
        await page.keyboard.press('Enter');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      }
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 });
});

test('nothing of it comes from the network, nor before it is asked for', async () => {
  await page.reload();
  await page.getByRole('textbox', { name: 'WAT source' }).waitFor();
  const ofGuide = () => asked.filter((url) => /\/Guide-[^/]*\.js$|\.webp$/.test(url));
  expect(ofGuide()).toEqual([]);
  await open();
  await page.getByRole('button', { name: 'Guide: Exports' }).click();
  await expect.poll(() => ofGuide().length).toBeGreaterThan(1);
  expect(
    asked.filter((url) => !url.startsWith('http://127.0.0.1:') && !/^(data|blob):/.test(url)),
  ).toEqual([]);
});
