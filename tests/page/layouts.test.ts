// The layouts: one for each kind of work, chosen by a press or a key, each as it was left.

import { type Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { Workshop, show, write } from './workshop';

const workshop = new Workshop('without', null);

const layout = (page: Page, name: string) =>
  page.getByRole('radiogroup', { name: 'Layout' }).getByRole('radio', { name, exact: true });
const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

async function run(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page
    .getByRole('status', { name: 'Last run' })
    .filter({ hasText: /^Ran in/ })
    .waitFor();
}

/** Presses the radio of a layout, which lies under its word. */
async function choose(page: Page, name: string): Promise<void> {
  await layout(page, name).click();
  await expect.poll(() => layout(page, name).isChecked()).toBe(true);
}

test('a page that is opened for the first time shows a lesson, its code and its results', async () => {
  const page = await workshop.open({ viewport: { width: 1280, height: 720 } });
  expect(await layout(page, 'Learn').isChecked()).toBe(true);
  await panel(page, 'Lessons').waitFor();
  await panel(page, 'Exports').waitFor();
  const source = (await panel(page, 'Source').boundingBox())!;
  expect(source.width).toBeGreaterThanOrEqual(0.55 * 1280);
  const line = (await page.locator('.cm-line').first().boundingBox())!;
  expect(source.height / line.height).toBeGreaterThanOrEqual(24);
  // Nothing has anything to say yet: the drawer is its row of tabs.
  expect(await panel(page, 'Console').isVisible()).toBe(false);

  await run(page);
  await page.getByRole('textbox', { name: 'add_one argument 1' }).fill('41');
  await page.getByRole('button', { name: 'Call add_one', exact: true }).click();
  await page.getByRole('status', { name: 'Result of add_one' }).filter({ hasText: '42' }).waitFor();
});

test('the drawer opens at a panel that is shown, and closes at a second press', async () => {
  const page = await workshop.open();
  await show(page, 'Memory');
  await panel(page, 'Memory').waitFor();
  const box = (await panel(page, 'Memory').boundingBox())!;
  expect(box.width).toBeGreaterThan(1200);
  await page.getByRole('tab', { name: 'Memory' }).click();
  await panel(page, 'Memory').waitFor({ state: 'hidden' });
});

test('problems show themselves, and give their place back when they are over', async () => {
  const page = await workshop.open();
  await write(page, '(module (func (export "f") unreachable) (func $s unreachable) (start $s))');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await panel(page, 'Problems').waitFor();
  await expect
    .poll(() => page.getByRole('status', { name: 'Last run' }).innerText())
    .toBe('Trapped at line 1');
  await write(page, '(module (func (export "f")))');
  await run(page);
  await panel(page, 'Problems').waitFor({ state: 'hidden' });
});

test('each layout is chosen by a press or a key, and is as it was left', async () => {
  const page = await workshop.open();
  await page.keyboard.press('Alt+Shift+3');
  await panel(page, 'Memory').waitFor();
  await show(page, 'Calls');
  await choose(page, 'Engineer');
  await panel(page, 'Timings').waitFor();
  await panel(page, 'Console').waitFor();
  await choose(page, 'Memory');
  await panel(page, 'Calls').waitFor();
  await page.reload();
  await panel(page, 'Calls').waitFor();
  expect(await layout(page, 'Memory').isChecked()).toBe(true);
});

test('a presenter has the code in large letters and a drawer on the digits', async () => {
  const page = await workshop.open({ viewport: { width: 1280, height: 720 } });
  await choose(page, 'Present');
  await page.getByRole('tablist', { name: 'Open tabs' }).waitFor({ state: 'detached' });
  const size = await page.locator('.cm-scroller').evaluate((one) => getComputedStyle(one).fontSize);
  expect(parseFloat(size)).toBe(22);
  await run(page);
  expect(await panel(page, 'Memory').isVisible()).toBe(false);
  // From the text a digit is a digit; the status has no text.
  await panel(page, 'Status').focus();
  await page.keyboard.press('3');
  await panel(page, 'Memory').waitFor();
  await page.keyboard.press('3');
  await panel(page, 'Memory').waitFor({ state: 'hidden' });
  await page.keyboard.press('Alt+Shift+1');
  await page.getByRole('tablist', { name: 'Open tabs' }).waitFor();
});

test('a drawer that was open is open again after another panel had all of the dock', async () => {
  const page = await workshop.open({ viewport: { width: 1280, height: 720 } });
  await choose(page, 'Memory');
  const before = (await panel(page, 'Memory').boundingBox())!;
  await page.getByRole('button', { name: 'Maximise: Source' }).click();
  await panel(page, 'Memory').waitFor({ state: 'hidden' });
  await page.keyboard.press('Alt+m');
  await panel(page, 'Memory').waitFor();
  await expect.poll(() => panel(page, 'Memory').boundingBox()).toEqual(before);
});

test.each(['Source', 'Memory'])(
  'the panel %s has all of the dock when it is maximised',
  async (name) => {
    const page = await workshop.open({ viewport: { width: 1280, height: 720 } });
    if (name === 'Memory') await choose(page, 'Memory');
    const before = (await panel(page, name).boundingBox())!;
    await page.getByRole('button', { name: `Maximise: ${name}` }).click();
    await expect
      .poll(async () => (await panel(page, name).boundingBox())?.height)
      .toBeGreaterThan(480);
    expect((await panel(page, name).boundingBox())!.width).toBeGreaterThan(1270);
    await page.keyboard.press('Alt+m');
    await expect.poll(() => panel(page, name).boundingBox()).toEqual(before);
    // And by a double click on its tab.
    await page.getByRole('tab', { name }).dblclick();
    await expect
      .poll(async () => (await panel(page, name).boundingBox())?.height)
      .toBeGreaterThan(480);
  },
);

/** Waits until the page has drawn a new size of its parts. */
const drawn = (page: Page) =>
  page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );

/** The part of the height of the dock that the drawer has. */
const partOfDrawer = (page: Page) =>
  page.evaluate(() => {
    const height = (name: string) =>
      document.querySelector(name)?.getBoundingClientRect().height ?? 0;
    return height('.dv-edge-group') / height('.dock');
  });

test('the drawer keeps its part of the height at every size of the page', async () => {
  const page = await workshop.open({ viewport: { width: 1280, height: 720 } });
  await choose(page, 'Compare');
  await panel(page, 'Timings').waitFor();
  const expectPart = async (part: number, width: number, height: number) => {
    await page.setViewportSize({ width, height });
    await drawn(page);
    await expect
      .poll(async () => Math.abs((await partOfDrawer(page)) - part), {
        message: `${width}×${height}`,
      })
      .toBeLessThan(0.02);
  };
  await expectPart(0.5, 1280, 720);
  await expectPart(0.5, 640, 400);
  await expectPart(0.5, 1920, 1080);
  await expectPart(0.5, 1280, 720);

  // A part that is given by hand is kept too.
  const top = (await page.locator('.dv-edge-group').boundingBox())!.y;
  await page.mouse.move(640, top);
  await page.mouse.down();
  await page.mouse.move(640, top + 80, { steps: 5 });
  await page.mouse.up();
  await drawn(page);
  const part = await partOfDrawer(page);
  expect(part).toBeLessThan(0.4);
  await expectPart(part, 1920, 1080);

  // So it is while the drawer is closed, in another layout, and after a start at another size.
  await page.getByRole('tab', { name: 'Timings' }).click();
  await panel(page, 'Timings').waitFor({ state: 'hidden' });
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.getByRole('tab', { name: 'Timings' }).click();
  await panel(page, 'Timings').waitFor();
  await expectPart(part, 1280, 900);
  await choose(page, 'Learn');
  await page.setViewportSize({ width: 1280, height: 700 });
  await choose(page, 'Compare');
  await expectPart(part, 1280, 700);
  await page.reload();
  await panel(page, 'Timings').waitFor();
  await expectPart(part, 1280, 700);
  await expectPart(part, 1440, 900);
});

test.each(['Learn', 'Compare', 'Memory', 'Engineer', 'Present'])(
  'the layout %s has one column on a narrow page, and its columns again on a wide one',
  async (name) => {
    const page = await workshop.open({ viewport: { width: 1280, height: 720 } });
    await choose(page, name);
    await page.getByRole('textbox', { name: 'WAT source' }).click();
    const source = panel(page, 'Source');
    const width = async () => Math.round((await source.boundingBox())?.width ?? 0);
    await page.setViewportSize({ width: 360, height: 740 });
    await expect.poll(width).toBe(360);
    const typed = () =>
      page.evaluate(() => document.activeElement?.classList.contains('cm-content'));
    await expect.poll(typed, { message: 'the code keeps the keyboard' }).toBe(true);
    if (name === 'Learn') await panel(page, 'Lesson').waitFor();
    await page.setViewportSize({ width: 1280, height: 720 });
    await panel(page, 'Exports').waitFor();
    await expect.poll(width).toBeGreaterThan(500);
    expect(await width()).toBeLessThan(1280);
  },
);
