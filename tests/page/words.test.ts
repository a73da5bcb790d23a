// The catalogue has every sentence of the page: in a made-up language, whose letters all have accents, no English is left,
// and nothing is cut though each sentence is 40 % longer.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { LAYOUTS } from '../../ui/src/values/layouts.ts';
import { FAULTS, MODULE, NAMES, cutText, everywhere, plainText } from './made-up';
import { moving } from './still';
import { ROOT, Workshop } from './workshop';

const workshop = new Workshop('without', null);
const MADE_UP = join(ROOT, 'target', 'made-up-page');
const ACCENTED = /[\u00c0-\u024f\u1e00-\u1eff]/;

beforeAll(() => {
  execFileSync('npx', ['vite', 'build', '--config', 'ui/vite.config.ts', '--logLevel', 'error'], {
    cwd: ROOT,
    env: { ...process.env, WATSHOP_LANGUAGE: 'made-up', WATSHOP_LANGUAGE_FOLDER: MADE_UP },
  });
});

/** Opens the page in the made-up language, on the module. */
async function open(width: number, height: number): Promise<Page> {
  const page = await workshop.openOn(MODULE, {
    settings: () => ({ unknown_imports: 'trap' }),
    ran: false,
    context: { viewport: { width, height }, bypassCSP: true },
  });
  onTestFinished(() => page.unrouteAll());
  // The document stays the workbench's own: only from there may a page reach it. Its script becomes
  // that of the other page, under that one's name, as the late chunks there name it too.
  const entry = /index-[\w-]+\.js/.exec(readFileSync(join(MADE_UP, 'index.html'), 'utf8'))![0];
  await page.route('**/assets/*.js', (route) => {
    const { pathname } = new URL(route.request().url());
    const own = join(MADE_UP, pathname);
    if (existsSync(own)) return route.fulfill({ path: own });
    if (!/\/index-[\w-]+\.js$/.test(pathname)) return route.continue();
    return route.fulfill({ contentType: 'text/javascript', body: `import './${entry}';` });
  });
  await page.goto(workshop.address);
  await page.locator('[data-part="tabs"] [role="tab"]').first().waitFor();
  return page;
}

test('in another language no English is left', async () => {
  const page = await open(1440, 900);
  const found = new Map<string, string>();
  await everywhere(page, async (name) => {
    for (const text of await page.evaluate(plainText, NAMES))
      if (!found.has(text)) found.set(text, name);
  });
  for (const index of Object.keys(LAYOUTS).keys()) {
    await page.keyboard.press(`Alt+Shift+${index + 1}`);
    await page.locator('.dv-tab').first().waitFor();
    for (const text of await page.evaluate(plainText, NAMES))
      found.set(text, Object.keys(LAYOUTS)[index]!);
  }
  // One text, as the message of a list does not show what is in it.
  expect([...found].map(([text, at]) => `${at}: ${text}`).join('\n')).toBe('');
});

test('errors, problems and reasons of the workbench are in that language too', async () => {
  const page = await open(1440, 900);
  const editor = page.locator('.cm-content');
  const found: string[] = [];
  let before = '';
  for (const text of FAULTS) {
    await editor.click();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(text);
    await page.keyboard.press('Control+Enter');
    // Each has a message of its own. That of the one before stays until this one has run.
    const told = page.locator('[data-part="problems"] .message, [role="alert"]');
    await told.filter({ hasText: ACCENTED }).first().waitFor();
    await expect.poll(async () => (await told.allInnerTexts()).join()).not.toBe(before);
    before = (await told.allInnerTexts()).join();
    for (const plain of await page.evaluate(plainText, NAMES)) found.push(`${text}: ${plain}`);
  }
  expect(found).toEqual([]);
});

test.each([
  [1440, 900],
  [1280, 720],
  [900, 700],
])('at %i×%i sentences that are 40 per cent longer are not cut', async (width, height) => {
  const page = await open(width, height);
  const found = new Map<string, string>();
  await everywhere(page, async (name) => {
    const cut = [...(await page.evaluate(cutText)), ...(await page.evaluate(moving))];
    for (const text of cut) if (!found.has(text)) found.set(text, name);
  });
  expect([...found].map(([text, at]) => `${at}: ${text}`)).toEqual([]);
});
