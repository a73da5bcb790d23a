// No typed text is lost: not by closing, not by a power cut, not by another window.

import { setTimeout as wait } from 'node:timers/promises';
import { type Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { ask } from './contract';
import { Workshop, newTab, read, run, write } from './workshop';

const workshop = new Workshop();

test('closing and opening again brings back tabs, text and settings', async () => {
  let page = await workshop.open();
  await newTab(page, '(module (func (export "kept")))');
  await page.getByRole('radio', { name: 'Singlepass' }).click();
  await run(page);
  await page.getByRole('button', { name: 'Toggle theme' }).click();
  const theme = await page.locator('html').getAttribute('data-theme');
  // The workbench has the theme if another page begins with it.
  await expect
    .poll(async () => (await workshop.open()).locator('html').getAttribute('data-theme'))
    .toBe(theme);
  await page.context().close();
  await workshop.end('SIGTERM');

  await workshop.serve();
  page = await workshop.open();
  const tabs = page.getByRole('tablist', { name: 'Open tabs' }).getByRole('tab');
  await expect.poll(() => tabs.count()).toBe(2);
  await tabs.nth(1).click();
  await expect.poll(() => read(page)).toContain('kept');
  await expect.poll(() => page.getByRole('radio', { name: 'Singlepass' }).isChecked()).toBe(true);
  await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe(theme);
});

test('text typed more than half a second before the workbench is killed is there at the next start', async () => {
  let page = await workshop.open();
  await newTab(page, ';; survives a power cut\n(module)');
  // The promise is about a time, so the test waits for exactly that time.
  await wait(600);
  await workshop.end('SIGKILL');
  await workshop.serve();
  page = await workshop.open();
  await page.getByRole('tablist', { name: 'Open tabs' }).getByRole('tab').nth(1).click();
  await expect.poll(() => read(page)).toContain('survives a power cut');
});

test('a page whose server died says so and keeps what is typed', async () => {
  const page = await workshop.open();
  await page.getByRole('textbox', { name: 'WAT source' }).waitFor();
  const call = page.getByRole('button', { name: 'Call add_one' });
  await expect.poll(() => call.isEnabled()).toBe(true);
  await workshop.end('SIGKILL');
  await write(page, ';; typed while nobody listened\n(module)');
  expect(await read(page)).toContain('typed while nobody listened');
  await expect.poll(() => page.getByRole('alert').first().innerText()).toMatch(/connection/i);
  // A press of it would do nothing.
  const run = page.getByRole('button', { name: 'Run', exact: true });
  await expect.poll(() => run.isDisabled()).toBe(true);
  expect(await call.isDisabled()).toBe(true);
});

test('two pages on one workbench stay in step', async () => {
  const one = await workshop.open();
  const other = await workshop.open();
  await newTab(one, '(module (func (export "shared")))');
  const tabs = other.getByRole('tablist', { name: 'Open tabs' }).getByRole('tab');
  await expect.poll(() => tabs.count()).toBe(2);
  await tabs.nth(1).click();
  await expect.poll(() => read(other)).toContain('shared');
  await run(one);
  await other.getByRole('button', { name: 'Call shared' }).waitFor();
});

test('a long text that is put in at once, and what is typed into it, reach the other page', async () => {
  const one = await workshop.open();
  const other = await workshop.open();
  await newTab(one, '(module)');
  const tabs = other.getByRole('tablist', { name: 'Open tabs' }).getByRole('tab');
  await expect.poll(() => tabs.count()).toBe(2);
  await tabs.nth(1).click();
  await expect.poll(() => read(other)).toBe('(module)');
  // The text is longer than the 64 KiB that are sent to every page, so the other page requests it.
  // It has few lines, as each costs the browser's own insertion ten milliseconds.
  const long = Array.from(
    { length: 80 },
    (_, line) => `;; line ${line} ${'of a long text '.repeat(60)}`,
  ).join('\n');
  await write(one, `;; the beginning\n${long}`);
  await expect.poll(() => read(other)).toContain(';; the beginning');
  await one.getByRole('textbox', { name: 'WAT source' }).press('ControlOrMeta+Home');
  await one.keyboard.insertText(';; typed 😀 here\n');
  await expect.poll(() => read(other)).toContain(';; typed 😀 here');
  await other.getByRole('textbox', { name: 'WAT source' }).press('ControlOrMeta+Home');
  await other.keyboard.insertText(';; and there\n');
  await expect.poll(() => read(one)).toContain(';; and there\n;; typed 😀 here');
});

test('a long text that is pasted while another window types is there once', async () => {
  const one = await workshop.open();
  const other = await workshop.open();
  await newTab(one, '(module)');
  const tabs = other.getByRole('tablist', { name: 'Open tabs' }).getByRole('tab');
  await expect.poll(() => tabs.count()).toBe(2);
  await tabs.nth(1).click();
  await expect.poll(() => read(other)).toBe('(module)');
  const held = await holdEdits(one);

  // Few lines, as each costs the browser's own insertion ten milliseconds.
  const long = Array.from({ length: 80 }, (_, line) => `;; ${line} ${'long '.repeat(200)}`);
  await one.getByRole('textbox', { name: 'WAT source' }).press('ControlOrMeta+End');
  await one.keyboard.insertText(`\n${long.join('\n')}`);
  await expect.poll(() => read(other)).toContain(long[0]);
  await other.getByRole('textbox', { name: 'WAT source' }).press('ControlOrMeta+Home');
  await other.keyboard.insertText(';; theirs\n');
  await held.released;

  await one.getByRole('textbox', { name: 'WAT source' }).press('ControlOrMeta+Home');
  await expect.poll(() => read(one)).toContain(';; theirs');
  await one.keyboard.insertText(';; the end\n');
  const known = () =>
    ask(workshop.address, async (client) => {
      const { tabs } = await client['workbench.hello']({});
      return (await client['tab.get']({ tab: tabs.at(-1)!.id })).text;
    });
  await expect.poll(known).toContain(';; the end');
  expect(await known()).toBe([';; the end', ';; theirs', '(module)', ...long].join('\n'));
  // The next test must not have its line.
  await one.context().close();
});

/**
 * Puts the page on a line on which the reply to its edit comes late: after the next text event, and
 * after the reply to all that the page asked for because of that.
 */
async function holdEdits(page: Page): Promise<{ released: Promise<void> }> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.routeWebSocket(/\/ws/, (socket) => {
    const server = socket.connectToServer();
    const methods = new Map<number, string>();
    const held: (string | Buffer)[] = [];
    let texts = 0;
    let heard = false;
    let asked = 0;
    const pass = () => {
      if (!heard || asked > 0) return;
      for (const message of held.splice(0)) socket.send(message);
      release();
    };
    socket.onMessage((message) => {
      const { id, method } = JSON.parse(String(message)) as { id: number; method: string };
      methods.set(id, method);
      if (method === 'tab.get') asked++;
      server.send(message);
    });
    server.onMessage((message) => {
      const { id, event } = JSON.parse(String(message)) as { id?: number; event?: string };
      const method = methods.get(id ?? -1) ?? '';
      if (!heard && /^tab\.(edit|change)$/.test(method)) {
        held.push(message);
        return;
      }
      socket.send(message);
      if (method === 'tab.get') asked--;
      if (event === 'text' && ++texts === 2) {
        // When it has drawn, it has asked for what it lacks.
        const drawn = () => new Promise((resolve) => requestAnimationFrame(resolve));
        void page.evaluate(drawn).then(() => {
          heard = true;
          pass();
        });
      } else pass();
    });
  });
  await page.reload();
  await page.getByRole('textbox', { name: 'WAT source' }).waitFor();
  return { released };
}

test('a printed address lets one browser in, once, and stays in no address bar', async () => {
  const page = await workshop.open({}, workshop.printed);
  expect(new URL(page.url()).search).toBe('');
  await page.reload();
  await page.getByRole('tablist', { name: 'Open tabs' }).waitFor();
  // The cookie of the tests does not belong to the server.
  const cookies = (await page.context().cookies()).filter(({ name }) =>
    name.startsWith('watshop_'),
  );
  expect(cookies.map(({ httpOnly, sameSite }) => [httpOnly, sameSite])).toEqual([[true, 'Strict']]);
  const stranger = await (await page.context().browser()!.newContext()).newPage();
  const refused = await stranger.goto(workshop.printed);
  expect(refused!.status()).toBe(401);
  expect(await stranger.locator('body').innerText()).toContain('used already');
});

test('a theme that the browser kept of another data folder is not the choice of this one', async () => {
  const page = await workshop.open({ colorScheme: 'light' });
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme ?? 'system');
  await page.evaluate(() => {
    sessionStorage.removeItem('watshop.ui');
    localStorage.setItem('watshop.theme', 'dark');
  });
  await page.reload();
  await page.getByRole('textbox', { name: 'WAT source' }).waitFor();
  await expect.poll(theme).toBe('system');
});
