// The same page in the real window: it opens, runs, calls, shows its graph, and comes back as it was.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMPILERS, ROOT, qjs } from '../page/workshop';
import { Display, until } from './display';

const display = new Display();
const RUN = 'button[aria-label="Run"]';
const ROWS = 'table[aria-label="Timings"] tbody tr';
const rows = () => display.run<number>(`return document.querySelectorAll('${ROWS}').length`);

beforeAll(async () => {
  await display.start();
  await display.open();
});
afterAll(() => display.close());

async function run(): Promise<void> {
  const before = await rows();
  await display.click(RUN);
  await until(async () => (await rows()) > before);
}

function choose(radio: string): Promise<unknown> {
  return display.run(
    `const radios = [...document.querySelectorAll('[role="radio"], input[type="radio"]')];
     const name = (e) => e.getAttribute('aria-label') ?? e.labels?.[0]?.innerText ?? e.innerText;
     radios.find((e) => name(e).trim() === arguments[0]).click()`,
    radio,
  );
}

test('the window opens on a module that runs and can be called', async () => {
  await run();
  await display.type('input[aria-label="add_one argument 1"]', '41');
  await display.click('button[aria-label="Call add_one"]');
  await until(async () => (await display.text('[role="status"][aria-label="Result of add_one"]')).includes('42'));
});

test('the graph shows every run', async () => {
  const points = () => display.run<number>('return Number(document.querySelector("[data-points]")?.dataset.points)');
  await until(async () => (await points()) > 0);
  for (const compiler of COMPILERS) {
    const before = await points();
    await choose(compiler);
    await run();
    await until(async () => (await points()) > before);
  }
  mkdirSync(join(ROOT, 'test-results'), { recursive: true });
  await display.screenshot(join(ROOT, 'test-results', 'window.png'));
});

test('tabs and settings survive a restart, and a file on the command line opens in a tab', async () => {
  await choose('Singlepass');
  await display.click('button[aria-label="New tab"]');
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

test('QuickJS runs in the window', async () => {
  await run();
  await until(
    async () => (await display.text('[role="region"][aria-label="Console"], section[aria-label="Console"]')) !== '',
  );
});
