// axe finds nothing on any screen of the lessons, in three themes and at 200 %.

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { violations } from './axe';
import { command } from './command';
import { Workshop } from './workshop';

const workshop = new Workshop('without', null);

const THEMES = ['light', 'dark', 'contrast'] as const;

async function open(theme: (typeof THEMES)[number], width: number, height: number): Promise<Page> {
  const page = await workshop.open({
    bypassCSP: true,
    viewport: { width, height },
    reducedMotion: 'reduce',
    colorScheme: theme === 'dark' ? 'dark' : 'light',
  });
  if (theme === 'contrast') {
    await page.keyboard.press('ControlOrMeta+,');
    await page.getByRole('radio', { name: 'High contrast' }).click();
    await page.keyboard.press('Escape');
  }
  return page;
}

/** Searches for a lesson and opens it. */
async function openLesson(page: Page, words: string, title: RegExp): Promise<void> {
  await command(page, 'Show Lessons');
  await page.getByRole('searchbox', { name: 'Search lessons' }).fill(words);
  const front = page.locator('[data-part="tabs"] [role="tab"][aria-selected="true"]');
  const before = await front.getAttribute('id');
  await page
    .getByRole('region', { name: 'Lessons', exact: true })
    .getByRole('button', { name: title })
    .click();
  // The panel of the tab before would be shown otherwise.
  await expect.poll(() => front.getAttribute('id'), { timeout: 30_000 }).not.toBe(before);
  await command(page, 'Show Lesson');
}

test.each(
  THEMES.flatMap((theme) => [
    [theme, 1440, 900] as const,
    // A zoom of 200 % leaves this much of 1280 x 800.
    [theme, 640, 400] as const,
  ]),
)('axe finds nothing in a lesson: %s at %i×%i', async (theme, width, height) => {
  const page = await open(theme, width, height);
  const lesson = page.getByRole('region', { name: 'Lesson', exact: true });
  const button = (name: string) => lesson.getByRole('button', { name, exact: true });
  await openLesson(page, 'order on the stack', /^The order on the stack/);
  await lesson.getByRole('img', { name: /^The stack grows/ }).waitFor();
  expect(await violations(page), 'a task').toEqual([]);

  await button('Check').click();
  await lesson.getByText('Smallest input').first().waitFor();
  for (const hint of [1, 2, 3]) {
    await button('Hint').click();
    await lesson.getByRole('list', { name: 'Hints' }).locator(`li:nth-child(${hint})`).waitFor();
  }
  await button('Show solution').click();
  await lesson.getByRole('region', { name: 'Solution' }).waitFor();
  expect(await violations(page), 'failed checks, hints and the solution').toEqual([]);
  const wide = await lesson.locator('.scroll').evaluate((one) => one.scrollWidth - one.clientWidth);
  expect(wide, 'nothing is cut at the side').toBe(0);

  await openLesson(page, 'traps', /^Traps/);
  await button('Check').click();
  await lesson.getByRole('alert').waitFor();
  expect(await violations(page), 'a quiz without an answer').toEqual([]);
  await lesson.getByRole('textbox', { name: 'Your answer' }).fill('none');
  await button('Check').click();
  await lesson.getByText('none', { exact: true }).waitFor();
  expect(await violations(page), 'a wrong answer').toEqual([]);

  await command(page, 'Show Lessons');
  const search = page.getByRole('searchbox', { name: 'Search lessons' });
  await search.fill('br_table');
  await page.getByRole('button', { name: /^A switch/ }).waitFor();
  expect(await violations(page), 'found lessons').toEqual([]);
  await search.fill('nothing of the kind');
  await page.getByText(/nothing of the kind/).waitFor();
  expect(await violations(page), 'no lesson found').toEqual([]);
});
