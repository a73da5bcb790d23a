// A lesson by keyboard alone, and what a screen reader hears of it.

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { command } from './command';
import { Workshop, read } from './workshop';

const workshop = new Workshop('without', null);

/** Presses F6 until the focus is in this part of the page. */
async function partTo(page: Page, part: string): Promise<void> {
  const here = () =>
    page.evaluate(
      () => document.activeElement?.closest<HTMLElement>('[data-part]')?.dataset.part ?? '',
    );
  for (let presses = 0; (await here()) !== part; presses++) {
    if (presses === 30) throw new Error(`F6 does not reach ${part}`);
    await page.keyboard.press('F6');
  }
}

/** Presses Tab until an element with this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    const here = await page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '';
    });
    if (here === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${name}`);
}

test('a lesson is done by the keyboard alone, and its list of checks is announced', async () => {
  const page = await workshop.open({ viewport: { width: 1440, height: 900 } });
  const lesson = page.getByRole('region', { name: 'Lesson', exact: true });
  const checks = lesson.getByRole('region', { name: 'Checks' });
  const status = checks.getByRole('status');

  await command(page, 'Show Lessons');
  await partTo(page, 'lessons');
  await tabTo(page, 'Search lessons');
  await page.keyboard.type('first export');
  await page
    .getByRole('region', { name: 'Lessons', exact: true })
    .getByRole('button', { name: /^The first export/ })
    .waitFor();
  await page.keyboard.press('Tab');
  // Topic, length, and then the only lesson that is left.
  for (let presses = 0; presses < 10; presses++) {
    const text = await page.evaluate(() => document.activeElement?.textContent ?? '');
    if (text.startsWith('The first export')) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await expect.poll(() => read(page)).toContain('i32.const 41');
  await lesson.getByText('Goal:').waitFor();

  // It is checked in the text, and the answer is in a live region that was there before.
  await partTo(page, 'editor');
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
    .toBe('WAT source');
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.type(' ');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect.poll(() => status.innerText()).toBe('0 of 2 checks pass.');
  const items = await checks.getByRole('listitem').allInnerTexts();
  expect(items.map((item) => item.split('\n')[0])).toEqual([
    expect.stringMatching(/^Failed:/),
    expect.stringMatching(/^Failed:/),
  ]);

  await partTo(page, 'lesson');
  const live = lesson.locator('[aria-live="polite"]');
  expect(await live.innerText(), 'the live region is there before it is used').toBe('');
  await tabTo(page, 'Hint');
  await page.keyboard.press('Enter');
  const hints = lesson.getByRole('list', { name: 'Hints' });
  await expect.poll(() => hints.getByRole('listitem').count()).toBe(1);
  expect(await live.getByRole('list', { name: 'Hints' }).count()).toBe(1);
  await tabTo(page, 'Show solution');
  await page.keyboard.press('Enter');
  await lesson.getByRole('region', { name: 'Solution' }).waitFor();
  await tabTo(page, 'Put it into the text');
  await page.keyboard.press('Enter');
  await expect.poll(() => read(page)).toContain('i32.const 42');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect.poll(() => status.innerText()).toBe('All checks pass.');

  await page.keyboard.press('F6');
  await partTo(page, 'lesson');
  await tabTo(page, 'Reset');
  await page.keyboard.press('Enter');
  await expect.poll(() => read(page)).toContain('i32.const 41');
  await tabTo(page, 'Next lesson');
  await page.keyboard.press('Enter');
  const heading = lesson.getByRole('heading', { name: 'The order on the stack' });
  await heading.waitFor();
  // The button is gone with its lesson, and the next page is read from its top.
  await expect.poll(() => heading.evaluate((one) => one === document.activeElement)).toBe(true);
});
