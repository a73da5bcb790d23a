// Benches and races in the panel Timings.

import { readFileSync } from 'node:fs';
import { type Locator, type Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { COMPILERS, Workshop, qjs } from './workshop';

const workshop = new Workshop();

const FIB = `(module
  (func $fib (export "fib") (param $n i32) (result i32)
    (if (result i32) (i32.lt_u (local.get $n) (i32.const 2))
      (then (local.get $n))
      (else (i32.add (call $fib (i32.sub (local.get $n) (i32.const 1)))
                     (call $fib (i32.sub (local.get $n) (i32.const 2))))))))`;

/** Opens the panel Timings and measures `fib(10)` for a short time. */
async function bench(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Timings' }).click();
  const region = page.getByRole('region', { name: 'Bench' });
  await region.getByLabel('with').fill('10');
  await region
    .getByLabel('LLVM')
    .uncheck({ force: true })
    .catch(() => undefined);
  await region.getByLabel('Seconds of calls of each contender').fill('0.1');
  await region.getByRole('button', { name: 'Start bench' }).click();
  await expect
    .poll(() => region.getByRole('button', { name: 'Export report' }).isEnabled(), {
      timeout: 60_000,
    })
    .toBe(true);
}

test('a bench shows its figures in each graph, and its report is a file', async () => {
  const page = await workshop.openOn(FIB, { ran: false });
  await bench(page);
  await page.getByRole('tab', { name: 'Distribution' }).click();
  await page.getByRole('img', { name: 'Distribution of call' }).waitFor();
  const table = page.getByRole('table', { name: 'Timings' });
  expect(await table.getByRole('row').allTextContents()).toHaveLength(3);
  expect(await table.innerText()).toMatch(/Singlepass JIT\s+[\d.]+ (ns|µs)/);
  await page.getByRole('tab', { name: 'Trade-off' }).click();
  await page.getByRole('img', { name: 'Compile time against run time' }).waitFor();
  await page.getByRole('tab', { name: 'Sizes' }).press('Enter');
  await page.getByRole('img', { name: 'Size of each artifact' }).waitFor();
  await page.getByRole('button', { name: 'Sizes of the runner and the compilers' }).click();
  const sizes = page.getByRole('dialog', { name: 'Sizes' });
  await sizes.getByRole('row', { name: /Runner, headless/ }).waitFor();
  await page.keyboard.press('Escape');
  await sizes.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Export report' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /^HTML/ }).click();
  const text = readFileSync(await (await download).path(), 'utf8');
  expect(text).toContain('id="report"');
});

/** Returns the places of an element's parts on the screen. */
const places = (graph: Locator, parts: string) =>
  graph.locator(parts).evaluateAll((all) =>
    all.map((one) => {
      const { left, right, top, bottom } = one.getBoundingClientRect();
      return { text: one.textContent, left, right, top, bottom };
    }),
  );

test('the text of a graph stands beside it and not in it, at any size of text', async () => {
  const page = await workshop.openOn(FIB, {
    ran: false,
    context: { viewport: { width: 900, height: 700 } },
  });
  await bench(page);
  for (const size of ['100', '200']) {
    await page.keyboard.press('ControlOrMeta+,');
    const dialog = page.getByRole('dialog', { name: 'Settings of Watshop' });
    await dialog.getByRole('slider', { name: 'All text' }).fill(size);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('tab', { name: 'Timings' }).click();

    await page.getByRole('tab', { name: 'Trade-off' }).click();
    const trade = page.getByRole('img', { name: 'Compile time against run time' });
    await trade.waitFor();
    const texts = await places(trade, 'text');
    const title = texts.find(({ text }) => text === 'call')!;
    const numbers = texts.filter(({ text, left }) => /\d/.test(text ?? '') && left < title.right);
    expect(numbers.length, size).toBeGreaterThan(0);
    for (const { top } of numbers) expect(top, size).toBeGreaterThanOrEqual(title.bottom - 2);

    await page.getByRole('tab', { name: 'Distribution' }).click();
    const graph = page.getByRole('img', { name: 'Distribution of call' });
    await graph.waitFor();
    const [edge] = await places(graph, '.grid');
    const names = (await places(graph, 'text')).filter(({ text }) => text?.endsWith('JIT'));
    expect(names.length, size).toBeGreaterThan(1);
    for (const { right } of names) expect(right, size).toBeLessThanOrEqual(edge!.left);
  }
});

/** Returns the pixels of an element that are in view in the panel Timings. */
async function inView(page: Page, graph: Locator): Promise<number> {
  const panel = await page.getByRole('region', { name: 'Timings', exact: true }).boundingBox();
  const box = await graph.boundingBox();
  if (!panel || !box) return 0;
  return Math.min(box.y + box.height, panel.y + panel.height) - Math.max(box.y, panel.y);
}

test('at 900×700 each graph is in view without scrolling, and so are its controls', async () => {
  const page = await workshop.openOn(FIB, {
    ran: true,
    context: { viewport: { width: 900, height: 700 } },
  });
  await bench(page);
  await page.getByRole('tab', { name: 'Growth' }).click();
  const growth = page.getByRole('group', { name: 'Growth' });
  await growth.getByLabel('to', { exact: true }).fill('12');
  await growth.getByRole('button', { name: 'Measure growth' }).click();
  const graphs = {
    Timeline: 'Timing graph',
    'Race bars': 'Phases of each contender',
    Distribution: 'Distribution of call',
    'Trade-off': 'Compile time against run time',
    Sizes: 'Size of each artifact',
    Growth: 'Time of a call against its argument',
  };
  for (const [view, name] of Object.entries(graphs)) {
    await page.getByRole('tab', { name: view, exact: true }).click();
    const graph = page.getByRole('img', { name });
    await graph.waitFor({ timeout: 60_000 });
    // Bars of two contenders need less than 12rem.
    const needed = async () => Math.min(192, (await graph.boundingBox())?.height ?? 192) - 1;
    await expect
      .poll(async () => (await inView(page, graph)) >= (await needed()), { message: view })
      .toBe(true);
  }
  const start = page.getByRole('button', { name: 'Start bench' });
  expect(await inView(page, start)).toBeGreaterThan(20);
  // All controls are in sight after a press.
  const last = page.getByRole('button', { name: 'Announcement of 2021' });
  const side = async () => {
    const [box, panel] = [await last.boundingBox(), await start.boundingBox()];
    return (box?.x ?? 0) + (box?.width ?? 0) < 900 && (box?.y ?? 0) > (panel?.y ?? 0);
  };
  expect(await side()).toBe(false);
  const controls = page.getByRole('button', { name: 'Controls', exact: true });
  await controls.click();
  expect(await controls.getAttribute('aria-expanded')).toBe('true');
  await expect.poll(side).toBe(true);
});

/** Starts another bench, and waits for its end. */
async function again(page: Page): Promise<void> {
  const region = page.getByRole('region', { name: 'Bench' });
  const before = await page.getByLabel('First bench').or(page.getByLabel('Phase')).count();
  expect(before).toBeGreaterThan(0);
  const ended = page.getByRole('button', { name: 'Stop bench' }).and(page.locator(':disabled'));
  await region.getByRole('button', { name: 'Start bench' }).click();
  await page.getByRole('button', { name: 'Stop bench' }).and(page.locator(':enabled')).waitFor();
  await ended.waitFor({ timeout: 60_000 });
}

test('two benches are laid over one another, with their ratio and a table of both', async () => {
  const page = await workshop.openOn(FIB, { ran: false });
  await bench(page);
  await page.getByRole('tab', { name: 'Distribution' }).click();
  await again(page);
  await page.getByRole('checkbox', { name: 'Two benches' }).check();
  const [first, second] = [page.getByLabel('First bench'), page.getByLabel('Second bench')];
  const chosen = (field: Locator) => field.locator('option:checked').innerText();
  expect(await chosen(first)).toMatch(/^Singlepass JIT, fib\(10\), /);
  expect(await chosen(second)).toMatch(/^Singlepass JIT, fib\(10\), /);
  const table = page.getByRole('table', { name: 'Timings' });
  expect(await table.getByRole('rowheader').allInnerTexts()).toEqual([
    await chosen(first),
    await chosen(second),
  ]);
  const sheet = page.getByRole('group', { name: 'Bench graph' });
  const said = sheet.getByRole('status');
  await said.filter({ hasText: 'They did not take turns' }).waitFor();
  expect(await said.innerText()).toMatch(/takes [\d.]+× the time of .* \([\d.]+ to [\d.]+\)/);
  expect(await said.innerText()).toMatch(/ is (faster|slower)\.|cannot tell/);
  // Both differ in more than their colour.
  const outlines = page.getByRole('img', { name: 'Distribution of call' }).locator('pattern path');
  const tiles = await outlines.evaluateAll((all) => all.map((one) => one.getAttribute('d')));
  expect(new Set(tiles).size).toBe(2);
  // Contenders of one bench took turns.
  const labels = await second.locator('option').allInnerTexts();
  const time = (await chosen(first)).split(', ').at(-1) ?? '';
  const other = labels.find((one) => one.startsWith('Cranelift') && one.endsWith(time));
  await second.selectOption({ label: other ?? '' });
  await said.filter({ hasText: 'ratio of pairs' }).waitFor();
});

test('a link to a graph restores the tab, the graph, the part in view and the lines', async () => {
  const context = { permissions: ['clipboard-read', 'clipboard-write'] };
  const page = await workshop.openOn(FIB, { ran: false, context });
  await bench(page);
  await page.getByRole('tab', { name: 'Trade-off' }).click();
  const graph = page.getByRole('img', { name: 'Compile time against run time' });
  const labels = () => graph.locator('text').allTextContents();
  const whole = await labels();
  await graph.focus();
  for (const key of ['+', '+', 'ArrowUp']) await page.keyboard.press(key);
  await page.getByRole('button', { name: 'Cranelift JIT', exact: true }).click();
  const zoomed = await labels();
  expect(zoomed).not.toEqual(whole);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await page.getByText('Copied.').waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await page.context().newPage();
  await other.goto(link);
  const restored = other.getByRole('img', { name: 'Compile time against run time' });
  await restored.waitFor();
  await expect.poll(() => restored.locator('text').allTextContents()).toEqual(zoomed);
  const hidden = other.getByRole('button', { name: 'Cranelift JIT', exact: true });
  expect(await hidden.getAttribute('aria-pressed')).toBe('false');
  await other.getByRole('button', { name: 'Show everything' }).click();
  await hidden.click();
  await expect.poll(() => restored.locator('text').allTextContents()).toEqual(whole);
});

test('the timeline shows earlier sessions, and is saved as a picture and as figures', async () => {
  await (await workshop.openOn(FIB, { ran: true })).close();
  await workshop.end('SIGTERM');
  await workshop.serve();
  const page = await workshop.openOn(FIB, { ran: true });
  await page.getByRole('tab', { name: 'Timings' }).click();
  const rows = page.getByRole('table', { name: 'Timings' }).getByRole('row');
  await expect.poll(() => rows.count()).toBe(2);
  await page.getByRole('switch', { name: 'Earlier sessions' }).check();
  await expect.poll(() => rows.count()).toBe(3);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect.poll(() => rows.count(), { timeout: 60_000 }).toBe(4);
  const save = async (form: string): Promise<string> => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: `Save as ${form}` }).click();
    return readFileSync(await (await download).path(), 'latin1');
  };
  expect((await save('CSV')).trim().split('\r\n')).toHaveLength(4);
  expect(await save('SVG')).toContain('<polyline');
  expect((await save('PNG')).slice(1, 4)).toBe('PNG');
  await page.getByRole('button', { name: 'Clear all timings' }).click();
  await expect.poll(() => rows.count()).toBe(1);
});

test('a page that is opened after a race has it, with its state', async () => {
  const page = await workshop.openOn(FIB, { ran: false });
  const region = await race(page, '20');
  const rows = await region.getByRole('row').allInnerTexts();
  await page.reload();
  await page.getByRole('textbox', { name: 'WAT source' }).waitFor();
  await page.getByRole('tab', { name: 'Timings' }).click();
  await expect.poll(() => region.getByRole('row').allInnerTexts()).toEqual(rows);
});

test('a race uses the best code at its end, and says which', async () => {
  const page = await workshop.openOn(FIB, { ran: false });
  await page.getByRole('radio', { name: 'Race' }).check({ force: true });
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const region = page.getByRole('region', { name: 'Race' });
  const rows = region.getByRole('row');
  await expect.poll(() => rows.count(), { timeout: 60_000 }).toBe(COMPILERS.length + 1);
  await expect.poll(() => rows.last().innerText(), { timeout: 60_000 }).toContain('in use');
  expect(await rows.last().innerText()).toContain(COMPILERS.at(-1));
});

/** Opens the panel Timings and lets two compilers race with a call. */
async function race(page: Page, given: string): Promise<Locator> {
  await page.getByRole('tab', { name: 'Timings' }).click();
  const bar = page.getByRole('region', { name: 'Bench' });
  await bar.getByLabel('with').fill(given);
  await bar
    .getByLabel('LLVM')
    .uncheck({ force: true })
    .catch(() => undefined);
  await bar.getByRole('button', { name: 'Start race' }).click();
  const region = page.getByRole('region', { name: 'Race' });
  await region.getByText('The first result came after').waitFor({ timeout: 60_000 });
  return region;
}

test('a race with a call shows each result, and when other code pays off', async () => {
  const page = await workshop.openOn(FIB, { ran: false });
  const region = await race(page, '20');
  expect(await region.getByRole('cell', { name: '6765', exact: true }).count()).toBe(2);
  await region.getByText(/ (pays|never pays) off beside /).waitFor();
  expect(await region.getByRole('alert').count()).toBe(0);
});

test('a race that is over leaves its room to other graphs, and has it beside its own', async () => {
  const page = await workshop.openOn(FIB, { ran: false });
  const region = await race(page, '20');
  const table = region.getByRole('table', { name: 'Contenders' });
  await table.waitFor();
  await page.getByRole('tab', { name: 'Sizes', exact: true }).click();
  await table.waitFor({ state: 'hidden' });
  await region.getByText('The first result came after').waitFor();
  await page.getByRole('tab', { name: 'Race bars', exact: true }).click();
  await table.waitFor();
});

/** A function that gives another number each time. */
const ROLL = `(module
  (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "roll") (result i64)
    (drop (call $random (i32.const 0) (i32.const 8)))
    (i64.load (i32.const 0))))`;

test('contenders with different results are named, and the report has all of them', async () => {
  const page = await workshop.openOn(ROLL, { ran: false });
  const region = await race(page, '');
  const alert = region.getByRole('alert');
  await alert.filter({ hasText: 'The results of' }).waitFor();
  const download = page.waitForEvent('download');
  await alert.getByRole('button', { name: 'Save a report' }).click();
  const report = JSON.parse(readFileSync(await (await download).path(), 'utf8')) as {
    module: { base64: string };
    call: { export: string };
    results: { results: { value: string }[] }[];
  };
  expect(Buffer.from(report.module.base64, 'base64').subarray(0, 4).toString()).toBe('\0asm');
  expect(report.call.export).toBe('roll');
  const values = report.results.map(({ results }) => results[0]?.value);
  expect(new Set(values).size).toBe(2);
});

test('without a network the announcement says what to download, and takes the file', async () => {
  await workshop.end('SIGTERM');
  workshop.environment = { CARGO_HOME: '/nowhere', PATH: '' };
  await workshop.serve();
  workshop.environment = {};
  const page = await workshop.openOn(FIB, { ran: false });
  await page.getByRole('tab', { name: 'Timings' }).click();
  const region = page.getByRole('region', { name: 'Bench' });
  await region.getByRole('button', { name: 'Announcement of 2021' }).click();
  const said = region.getByRole('alert');
  await said.filter({ hasText: 'https://static.crates.io' }).waitFor();
  const file = region.getByLabel('Choose qjs.wasm');
  const other = { name: 'qjs.wasm', mimeType: 'application/wasm', buffer: Buffer.from('other') };
  await file.setInputFiles(other);
  await said.filter({ hasText: 'not the qjs.wasm' }).waitFor();
  await file.setInputFiles(qjs());
  const tabs = page.getByRole('tablist', { name: 'Open tabs' });
  await tabs.getByRole('tab', { name: 'qjs.wasm', selected: true }).waitFor();
  // The three compilers work on it now, which takes a minute. Its figures have tests of their own.
  await region.getByRole('button', { name: 'Stop bench' }).click();
  await said.filter({ hasText: 'Stopped' }).waitFor();
});

test('growth shows the time of each argument and the law of each contender', async () => {
  const page = await workshop.openOn(FIB, { ran: false });
  await page.getByRole('tab', { name: 'Timings' }).click();
  await page.getByRole('tab', { name: 'Growth' }).click();
  const bench = page.getByRole('region', { name: 'Bench' });
  await bench.getByLabel('Seconds of calls of each contender').fill('0.2');
  const growth = page.getByRole('group', { name: 'Growth' });
  await growth.getByLabel('from').fill('2');
  await growth.getByLabel('to', { exact: true }).fill('12');
  await growth.getByLabel('values').fill('6');
  await growth.getByRole('button', { name: 'Measure growth' }).click();
  await growth
    .getByRole('img', { name: 'Time of a call against its argument' })
    .waitFor({ timeout: 60_000 });
  const times = growth.getByRole('table', { name: 'Timings' });
  const first = times.getByRole('rowheader');
  expect(await first.allTextContents()).toEqual(['2', '4', '6', '8', '10', '12']);
  const laws = growth.getByRole('table', { name: 'Laws of growth' });
  expect(await laws.getByRole('rowheader').allTextContents()).toEqual(
    COMPILERS.map((name) => `${name} JIT`),
  );
  const download = page.waitForEvent('download');
  await growth.getByRole('button', { name: 'Save as CSV' }).click();
  const csv = readFileSync(await (await download).path(), 'utf8');
  expect(csv.split('\r\n')[1]).toMatch(/^"2","[\d.]+ (ns|µs)"/);
});
