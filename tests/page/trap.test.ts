// The editor marks the line on which a guest trapped and scrolls it into sight. If only its
// function is known, the function's first line is never shown as the place.

import { type Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { COMPILERS, Workshop, call, newTab, run, show, write } from './workshop';

/** The line is far down, so that it is out of sight until it is scrolled to. */
const FAR = Array.from(
  { length: 150 },
  (_, n) => `  (func $filler${n} (param i32) (result i32) (local.get 0))`,
);
const TEXT = `(module
  (memory (export "m") 1)
${FAR.join('\n')}
  (func $divide (export "divide") (param $by i32) (result i32)
    (i32.const 1)
    (local.get $by)
    i32.div_s)
  (func (export "load") (param $at i32) (result i32)
    (i32.const 1)
    (local.get $at)
    i32.load
    i32.add))
`;
const LINES = TEXT.split('\n');
const DIVISION = LINES.indexOf('    i32.div_s)');
const LOAD = LINES.findIndex((line) => line.includes('"load"'));

const workshop = new Workshop();
let page: Page;

beforeEach(async () => {
  page = await workshop.open();
});

const editor = () => page.getByRole('textbox', { name: 'WAT source' });
const signs = () => page.getByRole('region', { name: 'Source' }).getByRole('img');
const line = (text: string | undefined) =>
  editor()
    .locator('.cm-line')
    .filter({ hasText: text?.trim() ?? '' });
const compiler = (name: string) =>
  page
    .getByRole('radiogroup', { name: 'Compiler' })
    .getByRole('radio', { name, exact: true })
    .click();

/** Opens the page on the long text, with an instance of it. */
async function begin(): Promise<void> {
  await newTab(page, TEXT);
  await compiler('Cranelift');
  await run(page);
  await show(page, 'Exports');
}

/** Returns true if an element can be seen without scrolling. */
async function inSight(found: ReturnType<typeof line>): Promise<boolean> {
  const [box, frame] = [
    await found.boundingBox(),
    await page.locator('.cm-scroller').boundingBox(),
  ];
  return (
    box !== null &&
    frame !== null &&
    box.y >= frame.y &&
    box.y + box.height <= frame.y + frame.height
  );
}

test('the line of a trap is marked in both themes, and brought into sight', async () => {
  await begin();
  for (const theme of ['light', 'dark']) {
    await page.evaluate((name) => (document.documentElement.dataset.theme = name), theme);
    await editor().click();
    await page.keyboard.press('ControlOrMeta+Home');
    expect(await call(page, 'divide', '0')).toContain('divided by zero');
    const sign = signs().and(page.getByLabel('Trapped here: An integer was divided by zero.'));
    await sign.waitFor();
    expect(await signs().count()).toBe(1);
    const marked = page.locator('.cm-line.cm-trap-line');
    expect(await marked.innerText()).toBe(LINES[DIVISION]);
    await expect.poll(() => inSight(marked)).toBe(true);
    const plain = await line('local.get $by')
      .last()
      .evaluate((element) => getComputedStyle(element).backgroundColor);
    expect(await marked.evaluate((element) => getComputedStyle(element).backgroundColor)).not.toBe(
      plain,
    );
  }
});

test('a trap names the export of a function without a name, its place once, and a way back', async () => {
  await begin();
  await editor().press('ControlOrMeta+Home');
  const status = page.getByRole('region', { name: 'Status' });
  await call(page, 'load', '100000');
  await signs().waitFor();
  const problem = page.getByRole('status', { name: 'Result of load' });
  expect(await problem.innerText()).toContain('"load"');
  expect(await problem.getByRole('button', { name: /^line \d+/ }).count()).toBe(1);
  const first = line('(module').first();
  await expect.poll(() => inSight(first)).toBe(false);
  await status.getByRole('button', { name: 'Back to line 1', exact: true }).click();
  await expect.poll(() => inSight(first)).toBe(true);
  expect(await editor().evaluate((element) => element === document.activeElement)).toBe(true);
  await status.getByRole('button', { name: /^Back to line/ }).waitFor({ state: 'hidden' });
});

test('the mark goes with the next call, the next run, and the first change of the text', async () => {
  await begin();
  expect(await call(page, 'divide', '1')).toContain('1');
  await expect.poll(() => signs().count()).toBe(0);
  await call(page, 'divide', '0');
  await signs().waitFor();
  await run(page);
  await expect.poll(() => signs().count()).toBe(0);
  await call(page, 'divide', '0');
  await signs().waitFor();
  await editor().press('ControlOrMeta+End');
  await page.keyboard.type(' ');
  expect(await signs().count()).toBe(0);
  // The lines of the text that ran are not those of this one.
  await call(page, 'divide', '0');
  expect(await signs().count()).toBe(0);
});

test('what is folded over the line is opened', async () => {
  await begin();
  const head = line('(func $divide');
  await head.scrollIntoViewIfNeeded();
  // The arrow is beside the line.
  const { y, height } = (await head.boundingBox())!;
  const arrow = page.locator('.cm-foldGutter').first();
  const { x } = (await arrow.boundingBox())!;
  await page.mouse.click(x + 4, y + height / 2);
  await page.locator('.cm-foldPlaceholder').waitFor();
  await call(page, 'divide', '0');
  await signs().waitFor();
  expect(await page.locator('.cm-foldPlaceholder').count()).toBe(0);
  await expect.poll(() => inSight(page.locator('.cm-line.cm-trap-line'))).toBe(true);
});

test('the mark is there again when the page is loaded anew, unless the text is another', async () => {
  await begin();
  await call(page, 'divide', '0');
  await signs().waitFor();
  // This runs twice, as the mark must not depend on what the page itself has seen.
  for (const shown of [page, await workshop.open()]) {
    await shown.reload();
    await shown.getByRole('tablist', { name: 'Open tabs' }).getByRole('tab').last().click();
    const sign = shown.getByRole('region', { name: 'Source' }).getByRole('img');
    await sign.waitFor();
    expect(await sign.getAttribute('aria-label')).toBe(
      'Trapped here: An integer was divided by zero.',
    );
    expect(await shown.locator('.cm-line.cm-trap-line').innerText()).toBe(LINES[DIVISION]);
    if (shown !== page) await shown.close();
  }
  await editor().press('ControlOrMeta+Home');
  await page.keyboard.type(' ');
  expect(await signs().count()).toBe(0);
  await page.reload();
  const tabs = page.getByRole('tablist', { name: 'Open tabs' }).getByRole('tab');
  await tabs.last().click();
  await show(page, 'Exports');
  // The instance was made from another text than the one shown. The page says so after the reload
  // too.
  await page.getByText('You changed the text.').waitFor();
  expect(await signs().count()).toBe(0);
});

test('a trap while another tab is shown is in sight when its own is shown again', async () => {
  const text = `(module\n${FAR.join('\n')}
  (func $wait (local $n i64)
    (loop $more
      (br_if $more (i64.lt_u (local.tee $n (i64.add (local.get $n) (i64.const 1))) (i64.const 2000000000)))))
  (func (export "late")
    (call $wait)
    unreachable))`;
  await newTab(page, text);
  await compiler('Cranelift');
  await run(page);
  await show(page, 'Exports');
  await page.getByRole('button', { name: 'Call late', exact: true }).click();
  const tabs = page.getByRole('tablist', { name: 'Open tabs' }).getByRole('tab');
  const own = (await tabs.count()) - 1;
  await tabs.nth(own - 1).click();
  await tabs
    .nth(own)
    .getByLabel(/running|calling/i)
    .waitFor({ state: 'detached' });
  await tabs.nth(own).click();
  await signs().waitFor();
  const marked = page.locator('.cm-line.cm-trap-line');
  expect((await marked.innerText()).trim()).toBe('unreachable))');
  await expect.poll(() => inSight(marked)).toBe(true);
});

test.runIf(COMPILERS.includes('LLVM'))(
  'where only the function is known, its first line is not shown as the place',
  async () => {
    await newTab(page, TEXT);
    await compiler('LLVM');
    await run(page);
    await show(page, 'Exports');
    await call(page, 'load', '100000');
    await signs().waitFor();
    const sign = (await signs().getAttribute('aria-label')) ?? '';
    const marked = page.locator('.cm-line.cm-trap-line');
    if (sign.startsWith('Trapped here')) {
      // If the compiler names the line after all, that is the place.
      expect(await marked.innerText()).toBe('    i32.load');
    } else {
      expect(sign).toMatch(
        /^It trapped somewhere in .+\. The compiler does not tell the exact place\.$/,
      );
      expect(await marked.innerText()).toBe(LINES[LOAD]);
      expect(await page.locator('.cm-trap-words').innerText()).toBe(sign);
      const problem = page
        .getByRole('region', { name: 'Exports' })
        .getByText('the compiler does not tell the exact place');
      await problem.waitFor();
    }
    await write(page, '(module)');
    expect(await signs().count()).toBe(0);
    expect(await page.locator('.cm-trap-words').count()).toBe(0);
  },
);
