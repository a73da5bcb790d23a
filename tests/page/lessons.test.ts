// A lesson has one tab, and can be begun anew.

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { ask } from './contract';
import { PROGRAMS, Workshop, read, write } from './workshop';

const workshop = new Workshop('without', null);

/**
 * Opens a lesson of the list, and returns its region once its page is there. Until then, the buttons
 * are those of the lesson that was in front.
 */
async function openLesson(page: Page, title: RegExp): Promise<Locator> {
  const lessons = page.getByRole('region', { name: 'Lessons', exact: true });
  await lessons.getByRole('button', { name: title }).click();
  const lesson = page.getByRole('region', { name: 'Lesson', exact: true });
  await lesson.getByRole('heading', { name: title }).waitFor();
  return lesson;
}

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

test('a task turns green check by check, and stays done after a reload', async () => {
  const page = await workshop.open({ viewport: { width: 1440, height: 900 } });
  const lessons = page.getByRole('region', { name: 'Lessons', exact: true });
  const lesson = await openLesson(page, /^The first export/);
  const checks = lesson.getByRole('region', { name: 'Checks' });
  await lesson.getByText('Goal:').waitFor();

  await lesson.getByRole('button', { name: 'Check', exact: true }).click();
  await expect.poll(() => checks.getByRole('status').innerText()).toBe('0 of 2 checks pass.');
  await checks.getByText('Came out').first().waitFor();
  expect(await checks.getByRole('listitem').first().innerText()).toMatch(/41[^]*42/);

  await lesson.getByRole('button', { name: 'Hint', exact: true }).click();
  await expect
    .poll(() => lesson.getByRole('list', { name: 'Hints' }).locator('li').count())
    .toBe(1);
  const text = await read(page);
  await write(page, text.replace('i32.const 41', 'i32.const 42'));
  await checks.getByText('The text has changed since this check.').waitFor();
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => checks.getByRole('status').innerText()).toBe('1 of 2 checks pass.');

  await lesson.getByRole('button', { name: 'Show solution' }).click();
  await lesson.getByRole('button', { name: 'Put it into the text' }).click();
  await lesson.getByRole('button', { name: 'Check', exact: true }).click();
  await expect.poll(() => checks.getByRole('status').innerText()).toBe('All checks pass.');
  await expect
    .poll(() => lessons.getByRole('button', { name: /^The first export\s*, done/ }).count())
    .toBe(1);

  await lesson.getByRole('button', { name: 'Next lesson' }).click();
  await lesson.getByRole('heading', { name: 'The order on the stack' }).waitFor();
  await page.reload();
  await lessons.getByRole('button', { name: /^The first export\s*, done/ }).waitFor();
});

test('the checks come one by one from the top, and only the summary is announced', async () => {
  const page = await workshop.open({ viewport: { width: 1440, height: 900 } });
  const lesson = await openLesson(page, /^Return at once/);
  const checks = lesson.getByRole('region', { name: 'Checks' });
  const status = checks.getByRole('status');
  await checks.getByRole('listitem').first().waitFor();
  expect(await checks.locator('[aria-live] li, [role="status"] li').count()).toBe(0);

  // Each state of the list and of its summary, as soon as the page shows it.
  await checks.evaluate((region) => {
    const seen: Shown[] = [];
    const stateOf = ({ classList }: Element) =>
      ['passed', 'failed', 'skipped'].find((state) => classList.contains(state)) ?? 'open';
    new MutationObserver(() =>
      seen.push({
        states: [...region.querySelectorAll('li')].map(stateOf),
        said: region.querySelector('[role="status"]')?.textContent ?? '',
      }),
    ).observe(region, { subtree: true, childList: true, attributes: true, characterData: true });
    Object.assign(window, { seen });
  });
  await lesson.getByRole('button', { name: 'Check', exact: true }).click();
  await expect.poll(() => status.innerText()).toMatch(/^\d+ of \d+ checks pass\.$/);
  const seen = await page.evaluate(() => (window as unknown as { seen: Shown[] }).seen);

  const marks = seen.map(({ states }) => states.filter((state) => state !== 'open').length);
  const all = seen.at(-1)!.states.length;
  expect(
    marks.some((count) => count > 0 && count < all),
    'a mark is there before the last one',
  ).toBe(true);
  expect(
    marks.toSorted((a, b) => a - b),
    'marks are only added',
  ).toEqual(marks);
  for (const [index, { states }] of seen.entries())
    expect(states.indexOf('open'), 'from the top').toBe(marks[index] === all ? -1 : marks[index]);
  expect(new Set(seen.map(({ said }) => said))).toEqual(new Set(['Checking…', seen.at(-1)!.said]));
});

test.each([
  ['a lesson to read', /^Add one/],
  ['a quiz', /^Traps/],
])('%s has three hints, and the button keeps the focus after the last', async (_, title) => {
  const page = await workshop.open({ viewport: { width: 1440, height: 900 } });
  const lesson = await openLesson(page, title);
  const hint = lesson.getByRole('button', { name: 'Hint', exact: true });
  const hints = lesson.getByRole('list', { name: 'Hints' }).getByRole('listitem');
  await hint.focus();
  for (const count of [1, 2, 3]) {
    await page.keyboard.press('Enter');
    await expect.poll(() => hints.count()).toBe(count);
  }
  expect(await hint.getAttribute('aria-disabled')).toBe('true');
  expect(await hint.evaluate((one) => one === document.activeElement)).toBe(true);
});

test('a lesson to read asks for a prediction, and shows the results after Check', async () => {
  const page = await workshop.open({ viewport: { width: 1440, height: 900 } });
  const lesson = await openLesson(page, /^Add one/);
  const checks = lesson.getByRole('region', { name: 'Checks' });
  await lesson.getByRole('heading', { name: 'Before you press Run' }).waitFor();
  await checks.getByText('Predict first.').waitFor();
  expect(await checks.getByRole('listitem').count()).toBe(0);
  await lesson.getByRole('button', { name: 'Check', exact: true }).click();
  await expect.poll(() => checks.getByRole('status').innerText()).toBe('All checks pass.');
  expect(await checks.getByRole('listitem').count()).toBe(3);
  expect(await checks.getByText('Predict first.').count()).toBe(0);
});

test('a search finds the lesson that teaches an instruction', async () => {
  const page = await workshop.open();
  const lessons = page.getByRole('region', { name: 'Lessons', exact: true });
  await lessons.getByRole('searchbox', { name: 'Search lessons' }).fill('br_table');
  await lessons.getByRole('button', { name: /^A switch/ }).waitFor();
  expect(await lessons.getByRole('button', { name: /^Add one/ }).count()).toBe(0);
});

test('a quiz that is checked without an answer says what to type', async () => {
  const page = await workshop.open({ viewport: { width: 1440, height: 900 } });
  const lesson = await openLesson(page, /^Traps/);
  const answer = lesson.getByRole('textbox', { name: 'Your answer' });
  await lesson.getByRole('button', { name: 'Check', exact: true }).click();
  await lesson.getByRole('alert').filter({ hasText: 'Type your answer first' }).waitFor();
  expect(await answer.getAttribute('aria-invalid')).toBe('true');
  expect(await answer.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.keyboard.type('none');
  await page.keyboard.press('Enter');
  await lesson.getByText('look at its result').waitFor();
  expect(await lesson.getByRole('alert').count()).toBe(0);
});

test('a quiz takes a right answer and refuses a wrong one', async () => {
  const page = await workshop.open({ viewport: { width: 1440, height: 900 } });
  const lesson = await openLesson(page, /^Traps/);
  const answer = lesson.getByRole('textbox', { name: 'Your answer' });
  const status = lesson.getByRole('region', { name: 'Checks' }).getByRole('status');
  await answer.fill('none');
  await answer.press('Enter');
  await expect.poll(() => status.innerText()).toBe('0 of 1 checks pass.');
  await answer.fill('Integer overflow ');
  await answer.press('Enter');
  await expect.poll(() => status.innerText()).toBe('All checks pass.');
});

test('the steps of Something is missing name what is in the page', async () => {
  const page = await workshop.open({ viewport: { width: 1440, height: 900 } });
  const lesson = await openLesson(page, /^Something is missing/);
  const steps = lesson.getByRole('listitem');
  await steps.filter({ hasText: 'Provide all' }).first().waitFor();
  const run = page.getByRole('button', { name: 'Run', exact: true });
  await run.click();
  const problems = page.getByRole('region', { name: 'Problems' });
  await problems.getByText('env.log').first().waitFor();
  await page.getByRole('tab', { name: /^Imports/ }).click();
  const imports = page.getByRole('region', { name: 'Imports' });
  await imports.getByRole('button', { name: 'Provide all', exact: true }).click();
  await imports.getByRole('status', { name: 'Chosen providers' }).waitFor();
  await run.click();
  await page
    .getByRole('status', { name: 'Last run' })
    .filter({ hasText: /^Ran in/ })
    .waitFor();
  // The last step names a choice of the settings by its label.
  await steps.filter({ hasText: 'Let them trap' }).first().waitFor();
  await page.keyboard.press('Alt+Shift+4');
  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByRole('radio', { name: /^Let them trap/ }).waitFor();
});

test('each lesson of WASI comes after the one that it builds on', async () => {
  const page = await workshop.open();
  const lessons = page.getByRole('region', { name: 'Lessons', exact: true });
  const names = await lessons.getByRole('button').allInnerTexts();
  const place = (name: string) => names.findIndex((one) => one.startsWith(name));
  expect(place('Hello')).toBeGreaterThan(-1);
  expect(place('Hello')).toBeLessThan(place('Arguments'));
});

test('a lesson that was closed comes back with its text', async () => {
  const page = await workshop.open({ viewport: { width: 1440, height: 900 } });
  const lessons = page.getByRole('region', { name: 'Lessons', exact: true });
  await lessons.getByRole('button', { name: /^Fibonacci/ }).click();
  await expect.poll(() => read(page)).toContain('"fib"');
  const title = (await read(page)).split('\n')[0]!;
  await write(page, `${title}\n(module)`);
  await page.getByRole('button', { name: 'Close fib.wat' }).click();
  await lessons.getByRole('button', { name: /^Fibonacci/ }).click();
  await expect.poll(() => read(page)).toBe(`${title}\n(module)`);
});

test('a dropped archive is a course, and a broken one says why it is none', async () => {
  const page = await workshop.open({ viewport: { width: 1440, height: 900 } });
  const folder = mkdtempSync(join(tmpdir(), 'watshop-course-'));
  try {
    const watshop = join(PROGRAMS, 'watshop');
    execFileSync(watshop, ['lessons', 'new', 'course'], { cwd: folder });
    const zip = (): string => {
      execFileSync('python3', ['-m', 'zipfile', '-c', '../ours.zip', 'course.md', 'first'], {
        cwd: join(folder, 'course'),
      });
      return readFileSync(join(folder, 'ours.zip')).toString('base64');
    };
    await drop(page, zip());
    const lessons = page.getByRole('region', { name: 'Lessons', exact: true });
    await lessons.getByRole('button', { name: /^Double/ }).waitFor();
    await expect.poll(() => read(page)).toContain('"double"');

    writeFileSync(join(folder, 'course/first/double.md'), '[gone](gone.md)');
    await drop(page, zip());
    await page.getByText('links to').first().waitFor();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a dropped folder is a course', async () => {
  const page = await workshop.open({ viewport: { width: 1440, height: 900 } });
  const folder = mkdtempSync(join(tmpdir(), 'watshop-course-'));
  try {
    execFileSync(join(PROGRAMS, 'watshop'), ['lessons', 'new', 'course'], { cwd: folder });
    const first = join(folder, 'course', 'first');
    writeFileSync(
      join(first, 'more.wat'),
      ';; title: More\n;; group: First\n;; look: Nothing.\n;; expect: f ->\n\n(module (func (export "f")))\n',
    );
    const own = readFileSync(join(first, 'double.md'), 'utf8');
    writeFileSync(join(first, 'double.md'), `${own}\nGo on with [the other one](more.wat).\n`);
    // The browser itself makes the entries of a folder, so the drop is its own too.
    const browser = await page.context().newCDPSession(page);
    const data = { items: [], files: [join(folder, 'course')], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await browser.send('Input.dispatchDragEvent', { type, x: 700, y: 450, data });
    const lessons = page.getByRole('region', { name: 'Lessons', exact: true });
    await lessons.getByRole('button', { name: /^Double/ }).waitFor();
    await expect.poll(() => read(page)).toContain('"double"');
    const lesson = page.getByRole('region', { name: 'Lesson', exact: true });
    await lesson.getByText('Goal:').waitFor();
    // A link leads to another lesson of the same course.
    await lesson.getByText('the other one').click();
    await lesson.getByRole('heading', { name: 'More' }).waitFor();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a search finds the lessons of a topic and a length', async () => {
  const page = await workshop.open({ viewport: { width: 1440, height: 900 } });
  const lessons = page.getByRole('region', { name: 'Lessons', exact: true });
  const shown = lessons.locator('button.lesson');
  await shown.first().waitFor();
  const all = await shown.count();
  await lessons.getByRole('combobox', { name: 'Topic' }).selectOption('Tables');
  await expect
    .poll(() => lessons.getByRole('heading').allInnerTexts())
    .toEqual([expect.stringMatching(/^Tables/)]);
  const topic = await shown.count();
  expect(topic).toBeLessThan(all);
  await lessons.getByRole('combobox', { name: 'Length' }).selectOption({ index: 1 });
  await expect.poll(() => shown.count()).toBeLessThan(topic);
});

test('watshop learn opens a course, and refuses a broken one before it is shown', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'watshop-course-'));
  const watshop = join(PROGRAMS, 'watshop');
  const env = { ...process.env, WATSHOP_DATA_DIR: join(folder, 'data') };
  try {
    execFileSync(watshop, ['lessons', 'new', 'course'], { cwd: folder });
    const learn = ['learn', 'course', '--no-open', '--port', '0'];
    const server = spawn(watshop, learn, {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(server, 'exit');
    try {
      const [address] = (await once(createInterface(server.stdout), 'line')) as [string];
      const page = await workshop.open({ viewport: { width: 1440, height: 900 } }, address);
      const lessons = page.getByRole('region', { name: 'Lessons', exact: true });
      await lessons.getByRole('button', { name: /^Double/ }).click();
      await expect.poll(() => read(page)).toContain('"double"');
    } finally {
      server.kill();
      await ended;
    }
    writeFileSync(join(folder, 'course/first/double.md'), '[gone](gone.md)');
    const broken = spawnSync(watshop, learn, { cwd: folder, env, encoding: 'utf8' });
    expect(broken.status).toBe(1);
    expect(broken.stderr).toContain('links to `gone.md`');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a course with scripts in its page and its picture shows them and runs none', async () => {
  const page = await workshop.open({ viewport: { width: 1440, height: 900 } });
  const folder = mkdtempSync(join(tmpdir(), 'watshop-course-'));
  try {
    execFileSync(join(PROGRAMS, 'watshop'), ['lessons', 'new', 'course'], { cwd: folder });
    const first = join(folder, 'course', 'first');
    const attack = 'document.documentElement.dataset.attacked = "yes"';
    writeFileSync(
      join(first, 'double.md'),
      `# Double\n\n<script>${attack}</script>\n\n<img src="x" onerror='${attack}'>\n\n` +
        '![A picture](attack.svg)\n\nUse `local.get`, `i32.add`, `i32.const` and `i32.mul`.\n',
    );
    writeFileSync(
      join(first, 'attack.svg'),
      `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload='${attack}'><script>${attack}; parent.${attack}</script></svg>`,
    );
    execFileSync('python3', ['-m', 'zipfile', '-c', '../ours.zip', 'course.md', 'first'], {
      cwd: join(folder, 'course'),
    });
    await drop(page, readFileSync(join(folder, 'ours.zip')).toString('base64'));
    const lesson = page.getByRole('region', { name: 'Lesson', exact: true });
    await lesson.getByText('<script>').waitFor();
    const picture = lesson.getByRole('img', { name: 'A picture' });
    await picture.scrollIntoViewIfNeeded();
    await expect
      .poll(() => picture.evaluate((one) => (one as HTMLImageElement).complete))
      .toBe(true);
    expect(await lesson.locator('script, [onerror], [onload]').count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.dataset.attacked)).toBeUndefined();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('marks of lessons that are gone do not count, and those of today stay', async () => {
  await ask(workshop.address, (client) =>
    client['workbench.save_ui']({
      ui: JSON.stringify({ version: 1, lessons: ['gone', 'add_one', 7] }),
    }),
  );
  const page = await workshop.open({ viewport: { width: 1440, height: 900 } });
  const lessons = page.getByRole('region', { name: 'Lessons', exact: true });
  await lessons.getByRole('button', { name: /^Add one\s*, done/ }).waitFor();
  await lessons.getByText('1 of 6 done').waitFor();
});

/** The checks and their summary at one moment. */
interface Shown {
  states: string[];
  said: string;
}

/** Drops the bytes of an archive onto the page. */
async function drop(page: Page, bytes: string): Promise<void> {
  await page.evaluate((text) => {
    const data = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([data], 'ours.zip'));
    const event = { dataTransfer: transfer, bubbles: true, cancelable: true };
    document.body.dispatchEvent(new DragEvent('dragenter', event));
    document.body.dispatchEvent(new DragEvent('drop', event));
  }, bytes);
}
