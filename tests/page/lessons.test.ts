// A lesson has one tab, and can be begun anew.

import { expect, test } from 'vitest';
import { Workshop, read, write } from './workshop';

const workshop = new Workshop('without', null);

test('a lesson that was edited keeps its one tab, and is reset in one step', async () => {
  const page = await workshop.open();
  const lessons = page.getByRole('region', { name: 'Lessons' });
  const tabs = page.getByRole('tablist', { name: 'Open tabs' }).getByRole('tab');
  await lessons.getByRole('button', { name: /^Fibonacci/ }).click();
  await expect.poll(() => read(page)).toContain('"fib"');
  const whole = await read(page);
  const count = await tabs.count();
  await write(page, '(module)');
  await lessons.getByRole('button', { name: /^Add one/ }).click();
  await expect.poll(() => read(page)).toContain('add_one');
  await lessons.getByRole('button', { name: /^Fibonacci/ }).click();
  await expect.poll(() => read(page)).toBe('(module)');
  expect(await tabs.count()).toBe(count);

  const current = lessons.locator('[aria-current="true"]');
  expect(await current.innerText()).toContain('Fibonacci');
  await lessons.getByRole('button', { name: /^Reset Fibonacci/ }).click();
  await expect.poll(() => read(page)).toBe(whole);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect.poll(() => read(page)).toBe('(module)');
});
