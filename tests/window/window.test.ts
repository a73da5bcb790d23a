// The same page in the real window: it opens, runs, calls, shows its graph, and comes back in the
// same state.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMPILERS, PROGRAMS, ROOT, qjs } from '../page/workshop';
import { tellWhatWasShown } from '../shown';
import { Display, until } from './display';

const display = new Display();
tellWhatWasShown(() => display.shown());
const rows = () =>
  display.run<number>(
    `return document.querySelectorAll('table[aria-label="Timings"] tbody tr').length`,
  );

beforeAll(async () => {
  await display.start();
  await display.open();
});
afterAll(() => display.close());

async function run(): Promise<void> {
  const before = await rows();
  await display.click('button', 'Run');
  // LLVM takes half a minute for QuickJS on a busy machine.
  await until(async () => (await rows()) > before, 240);
}

test('the window opens on an example as the page does, which runs and can be called', async () => {
  // What the next tests read is in sight at once in this layout.
  await until(async () => (await display.text('region', 'Lessons')).includes('Add one'));
  await display.click('radio', 'Engineer');
  expect(await display.text('status', 'Last run')).toBe('');
  await run();
  await until(async () => (await display.text('status', 'Last run')).startsWith('Ran in'));
  expect(await rows()).toBe(1);
  await display.type('add_one argument 1', '41');
  await display.click('button', 'Call add_one');
  await until(
    async () =>
      (await display.text('status', 'Result of add_one')).includes('42') && (await rows()) === 2,
  );
});

test('the graph shows every run', async () => {
  const points = () =>
    display.run<number>('return Number(document.querySelector("[data-points]")?.dataset.points)');
  await until(async () => (await points()) > 0);
  for (const compiler of COMPILERS) {
    const before = await points();
    await display.click('radio', compiler);
    await run();
    await until(async () => (await points()) > before);
  }
  mkdirSync(join(ROOT, 'test-results'), { recursive: true });
  await display.screenshot(join(ROOT, 'test-results', 'window.png'));
});

test('tabs and settings survive a restart, and a file on the command line opens in a tab', async () => {
  await display.click('radio', 'Singlepass');
  await display.click('button', 'New tab');
  const tabs = () =>
    display.run<string[]>(
      `return [...document.querySelectorAll('[aria-label="Open tabs"] [role="tab"]')].map((tab) => tab.innerText)`,
    );
  await until(async () => (await tabs()).length === 2);
  await display.shut();
  await display.open(qjs());
  await until(async () => (await tabs()).length === 3);
  expect((await tabs()).some((title) => title.includes('qjs.wasm'))).toBe(true);
});

test('QuickJS says 42 in the window with every compiler and engine', async () => {
  await display.click('tab', 'WASI');
  await display.type('Arguments', '-e\nconsole.log(6*7)');
  const said = async () => (await display.text('region', 'Console')).match(/^42$/gm)?.length ?? 0;
  for (const compiler of COMPILERS) {
    for (const engine of ['JIT', 'Native']) {
      await display.click('radio', compiler);
      await display.click('radio', engine);
      const before = await said();
      await run();
      await until(async () => (await said()) > before);
    }
  }
}, 600_000);

test('a module and its import object on the command line, as dropped on the window, belong together', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'watshop-window-'));
  try {
    const [wat, object] = [join(folder, 'asks.wat'), join(folder, 'asks.imports.json')];
    writeFileSync(
      wat,
      '(module (import "env" "f" (func $f (result i32))) (func (export "go") (result i32) call $f))',
    );
    const provider = { provide: 'value', results: ['78'] };
    writeFileSync(
      object,
      JSON.stringify({ schema: 1, provisions: [{ module: 'env', name: 'f', provider }] }),
    );
    await display.shut();
    await display.open(object, wat);
    await until(() =>
      display.run(`return document.body.innerText.includes('object of asks.imports.json now')`),
    );
    await until(async () => (await display.text('region', 'Imports')).includes('env'));
    await run();
    await display.click('tab', 'Exports');
    await display.click('button', 'Call go');
    await until(async () => (await display.text('status', 'Result of go')).includes('78'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a course on the command line, as dropped on the window, opens with its first lesson', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'watshop-window-'));
  try {
    execFileSync(join(PROGRAMS, 'watshop'), ['lessons', 'new', 'course'], { cwd: folder });
    await display.shut();
    await display.open(join(folder, 'course'));
    await until(() => display.run(`return document.body.innerText.includes('double.wat')`));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the guide opens by F1 and by the ? of a panel, is searched, and closes', async () => {
  const guide = () =>
    display.run<string | null>(
      `return document.querySelector('aside[aria-label="Guide"]')?.innerText ?? null`,
    );
  const heading = () =>
    display.run<string | null>(
      `return document.querySelector('aside[aria-label="Guide"] [data-heading]')?.innerText ?? null`,
    );
  await display.press('F1');
  await until(async () => (await heading()) === 'Guide');
  await display.press('Escape');
  await until(async () => (await guide()) === null);
  await display.click('tab', 'Memory');
  await until(async () => (await display.text('region', 'Memory')) !== '');
  await display.click('button', 'Guide: Memory');
  await until(async () => (await heading()) === 'Memory');
  await display.type('Search the guide', 'runner_crashed');
  await until(async () => /\d+ found\./.test((await guide()) ?? ''));
  await display.run(`document.querySelector('[aria-label="Found in the guide"] button').click()`);
  await until(async () => (await heading()) === 'Error codes');
  await display.click('button', 'Close the guide');
  await until(async () => (await guide()) === null);
});

test('the window takes the menus of its page, and refuses what is none', async () => {
  const shown = (items: unknown[]) =>
    display.run<string>(
      `return window.__TAURI_INTERNALS__.invoke('show_menus', { menus: arguments[0] }).then(() => 'shown', String)`,
      [{ title: 'Run', items }],
    );
  const item = { item: 'command', id: 'run', title: 'Run', keys: 'Mod+Enter' };
  expect(await shown([item, { item: 'line' }])).toBe('shown');
  // The item then has no key.
  expect(await shown([{ ...item, keys: 'Mod+NoSuchKey' }])).toBe('shown');
  expect(await shown([{ item: 'command', title: 'Run' }])).toMatch(/missing field/);
});
