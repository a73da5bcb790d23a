// Nothing scrolls that should not: what moves away under a wheel is a list or a text, never a
// group of panels, a row of tabs or a strip of buttons.

import { expect, test } from 'vitest';
import { PANELS } from '../../ui/src/values/panels.ts';
import { LAYOUTS } from '../../ui/src/values/layouts.ts';
import { moving } from './still';
import { Workshop, show } from './workshop';

const workshop = new Workshop('without', null);

/** Imports of functions, a memory, and a function that divides. */
const module = (imports: number) => `(module
  ${Array.from({ length: imports }, (_, at) => `(import "env" "f${at}" (func (param i32 i64)))`).join('\n  ')}
  (memory (export "memory") 1)
  (func (export "div") (param i32 i32) (result i32)
    (i32.div_s (local.get 0) (local.get 1))))`;

test.each([
  [1280, 720],
  [1440, 900],
  [1920, 1080],
  [900, 700],
  [640, 400],
  [360, 740],
])('at %i×%i no group of panels scrolls away, whatever is in it', async (width, height) => {
  const page = await workshop.openOn(module(9), {
    settings: () => ({ unknown_imports: 'trap' }),
    ran: true,
    context: { viewport: { width, height } },
  });
  for (const layout of Object.keys(LAYOUTS)) {
    await page.keyboard.press(`Alt+Shift+${Object.keys(LAYOUTS).indexOf(layout) + 1}`);
    await page.locator('.dv-tab').first().waitFor();
    for (const panel of Object.values(PANELS)) {
      // Behind the others in a narrow row a tab has no place of its own: the list there has it.
      const tab = page.getByRole('tab', { name: new RegExp(`^${panel}( \\d+)?$`) });
      if ((await tab.count()) > 0 && (await tab.isVisible())) await show(page, panel);
      expect(await page.evaluate(moving), `${layout}, ${panel}`).toEqual([]);
    }
  }
});

test('no lesson makes anything scroll away', async () => {
  const page = await workshop.openOn('(module)', {
    ran: false,
    context: { viewport: { width: 1280, height: 720 } },
  });
  await page.keyboard.press('Alt+Shift+1');
  const lessons = page.getByRole('region', { name: 'Lessons', exact: true });
  const all = lessons.locator('button.lesson');
  expect(await all.count()).toBeGreaterThan(50);
  for (const lesson of await all.all()) {
    await lesson.click();
    await lesson.and(lessons.locator('[aria-current="true"]')).waitFor();
    expect(await page.evaluate(moving), await lesson.innerText()).toEqual([]);
  }
});

test.each([9, 2000])('with %i imports and after failures nothing scrolls away', async (imports) => {
  const page = await workshop.openOn(module(imports), {
    ran: false,
    context: { viewport: { width: 853, height: 480 } },
  });
  const run = page.getByRole('button', { name: 'Run', exact: true });
  await run.click();
  await page.getByRole('region', { name: 'Problems' }).getByText('f0').first().waitFor();
  for (const index of Object.keys(LAYOUTS).keys()) {
    await page.keyboard.press(`Alt+Shift+${index + 1}`);
    await page.locator('.dv-tab').first().waitFor();
    for (const panel of ['Problems', 'Imports', 'Exports', 'Timings']) {
      const tab = page.getByRole('tab', { name: new RegExp(`^${panel}( \\d+)?$`) });
      if ((await tab.count()) > 0 && (await tab.isVisible())) await show(page, panel);
      expect(await page.evaluate(moving), `${index + 1}, ${panel}`).toEqual([]);
    }
  }
});

test.each([1280, 1440, 1920])('at %i pixels every tab of a panel is in sight', async (width) => {
  const page = await workshop.open({ viewport: { width, height: 720 } });
  for (const index of Object.keys(LAYOUTS).keys()) {
    await page.keyboard.press(`Alt+Shift+${index + 1}`);
    await page.locator('.dv-tab').first().waitFor();
    const cut = await page
      .locator('.dv-tabs-container')
      .evaluateAll((rows) => rows.filter((row) => row.scrollWidth > row.clientWidth + 1).length);
    expect(cut, Object.keys(LAYOUTS)[index]).toBe(0);
  }
});

test('the toolbar has one line while something runs', async () => {
  const page = await workshop.openOn('(module (func (export "spin") (loop br 0)))', {
    ran: true,
    context: { viewport: { width: 1280, height: 720 } },
  });
  const toolbar = page.getByRole('group', { name: 'Run', exact: true });
  const before = (await toolbar.boundingBox())!.height;
  await page.getByRole('button', { name: 'Call spin', exact: true }).click();
  await page.getByRole('progressbar', { name: 'Progress' }).waitFor();
  expect((await toolbar.boundingBox())!.height).toBe(before);
  // The tick of the Run before would stand beside the progress.
  const last = page.getByRole('status', { name: 'Last run' });
  expect(await last.getAttribute('class')).not.toMatch(/good/);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByRole('status', { name: 'Last run' }).filter({ hasText: 'Stopped' }).waitFor();
});

test.each([1280, 900, 853, 640, 360])('at %i pixels the toolbar has one line', async (width) => {
  const page = await workshop.open({ viewport: { width, height: 700 } });
  const toolbar = page.getByRole('group', { name: 'Run', exact: true });
  const { height } = (await toolbar
    .getByRole('button', { name: 'Run', exact: true })
    .boundingBox())!;
  await expect.poll(async () => (await toolbar.boundingBox())!.height).toBeLessThan(2 * height);
  const cut = () => toolbar.evaluate((bar) => bar.scrollWidth - bar.clientWidth);
  await expect.poll(cut).toBe(0);
  const menu = toolbar.getByRole('button', { name: 'Compiler, engine and target' });
  if ((await menu.count()) > 0) await menu.click();
  await page.getByRole('radio', { name: 'Singlepass' }).check();
});

test.each(['Settings', 'WASI'])('at 900×700 the panel %s is not cut at its side', async (name) => {
  const page = await workshop.openOn('(module)', {
    ran: false,
    context: { viewport: { width: 900, height: 700 } },
  });
  await page.keyboard.press(`Alt+Shift+${Object.keys(LAYOUTS).indexOf('engineer') + 1}`);
  await show(page, name);
  const content = page.getByRole('group', { name: `${name} content` });
  const cut = () => content.evaluate((part) => part.scrollWidth - part.clientWidth);
  await expect.poll(cut).toBe(0);
});
