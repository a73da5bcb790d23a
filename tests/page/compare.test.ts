// One press compares a call with every installed compiler, in one table.

import { type Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { violations } from './axe';
import { command } from './command';
import { COMPILERS, Workshop, newTab, write } from './workshop';

const workshop = new Workshop('without', null);

const MODULE = `(module
  (global $calls (mut i32) (i32.const 0))
  (func $fib (export "fib") (param $n i32) (result i32)
    (if (result i32) (i32.lt_u (local.get $n) (i32.const 2))
      (then (local.get $n))
      (else (i32.add (call $fib (i32.sub (local.get $n) (i32.const 1)))
                     (call $fib (i32.sub (local.get $n) (i32.const 2)))))))
  (func (export "div") (param i32 i32) (result i32)
    (i32.div_s (local.get 0) (local.get 1)))
  (func (export "count") (result i32)
    (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
    (global.get $calls)))`;

const SIZE = { viewport: { width: 1280, height: 720 } };

const region = (page: Page) => page.getByRole('region', { name: 'Compare', exact: true });
const rows = (page: Page) =>
  region(page).getByRole('table', { name: 'Compilers compared' }).locator('tbody tr');
const said = (page: Page) => region(page).getByRole('status');

/** Opens the module in the layout Compare. */
async function open(context: object = {}): Promise<Page> {
  const page = await workshop.openOn(MODULE, { ran: false, context: { ...SIZE, ...context } });
  await page.keyboard.press('Alt+Shift+2');
  await region(page).waitFor();
  return page;
}

/** Presses Compare for a call, and waits for its table. */
async function compare(page: Page, name: string, given: string): Promise<void> {
  await region(page).getByLabel('Call').selectOption(name);
  await region(page).getByLabel('with').fill(given);
  await region(page).getByRole('button', { name: 'Compare', exact: true }).click();
  await said(page)
    .filter({ hasText: `${name}(${given.replace(' ', ', ')})` })
    .waitFor({ timeout: 60_000 });
}

const agree = COMPILERS.length === 2 ? 'both compilers agree' : 'all 3 compilers agree';

test('one press shows every installed compiler with its figures, and that they agree', async () => {
  const page = await open();
  await compare(page, 'fib', '12');
  expect(await said(page).innerText()).toBe(`fib(12) = 144: ${agree}.`);
  const texts = await rows(page).allInnerTexts();
  expect(texts).toHaveLength(COMPILERS.length);
  for (const [at, name] of COMPILERS.entries())
    expect(texts[at]).toMatch(
      new RegExp(
        String.raw`^${name} JIT\s+[\d.]+ (µs|ms|s)\s+[\d.]+ (ns|µs|ms)\s+[\d.]+ KiB\s+144$`,
      ),
    );
});

test('the comparison is copied as Markdown', async () => {
  const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
  await compare(page, 'fib', '10');
  await region(page).getByRole('button', { name: 'Copy as Markdown' }).click();
  await page.getByText('Copied', { exact: false }).first().waitFor();
  const lines = (await page.evaluate(() => navigator.clipboard.readText())).split('\n');
  expect(lines[0]).toContain(`fib(10) = 55: ${agree}.`);
  expect(lines[2]).toBe('| compiler | compile | call | code size | result |');
  for (const [at, name] of COMPILERS.entries())
    expect(lines[4 + at]).toMatch(new RegExp(String.raw`^\| ${name} JIT \| .* \| 55 \|$`));
});

test('missing arguments are told, and their field gets the keyboard', async () => {
  const page = await open();
  await region(page).getByLabel('Call').selectOption('div');
  await region(page).getByLabel('with').fill('7');
  await region(page).getByRole('button', { name: 'Compare', exact: true }).click();
  const alert = region(page).getByRole('alert');
  await alert.filter({ hasText: 'div needs argument 2 (i32)' }).waitFor();
  const field = region(page).getByLabel('with');
  await expect.poll(() => field.evaluate((one) => one === document.activeElement)).toBe(true);
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  await page.keyboard.press('End');
  await page.keyboard.type(' 2');
  await alert.waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await said(page)
    .filter({ hasText: `div(7, 2) = 3: ${agree}.` })
    .waitFor({ timeout: 60_000 });
});

test('a trap with every compiler is an agreement, and so is a state that each counts alike', async () => {
  const page = await open();
  await compare(page, 'div', '1 0');
  expect(await said(page).innerText()).toBe(`div(1, 0) traps: ${agree}.`);
  await compare(page, 'count', '');
  expect(await said(page).innerText()).toMatch(new RegExp(`^count\\(\\) = \\d+: ${agree}\\.$`));
});

test('the command compares the call that was made last, from any layout', async () => {
  const page = await workshop.openOn(MODULE, { ran: true, context: SIZE });
  await page.getByRole('textbox', { name: 'div argument 1' }).fill('9');
  await page.getByRole('textbox', { name: 'div argument 2' }).fill('3');
  await page.getByRole('button', { name: 'Call div', exact: true }).click();
  await page.getByRole('status', { name: 'Result of div' }).filter({ hasText: '3' }).waitFor();
  await command(page, 'Compare the compilers');
  await said(page)
    .filter({ hasText: `div(9, 3) = 3: ${agree}.` })
    .waitFor({ timeout: 60_000 });
  // The row Bench of the other views has the button too.
  await page.getByRole('tab', { name: 'Race bars' }).click();
  const bench = page.getByRole('region', { name: 'Bench' });
  await bench.getByLabel('with').fill('8 2');
  await bench.getByRole('button', { name: 'Compare', exact: true }).click();
  await said(page)
    .filter({ hasText: `div(8, 2) = 4: ${agree}.` })
    .waitFor({ timeout: 60_000 });
});

test('a call that is chosen after another layout is the one that is made', async () => {
  const page = await open();
  await compare(page, 'fib', '7');
  await page.keyboard.press('Alt+Shift+4');
  await page.keyboard.press('Alt+c');
  await compare(page, 'div', '6 2');
  expect(await said(page).innerText()).toBe(`div(6, 2) = 3: ${agree}.`);
});

test('figures of another text say so, and a text with a mistake is told', async () => {
  const page = await open();
  await compare(page, 'fib', '5');
  const old = region(page).getByText('Measured before the last change');
  expect(await old.count()).toBe(0);
  await write(page, '(module (func (export "fib") (param i32) (result i32) (i32.const 5)))');
  await old.waitFor();
  await compare(page, 'fib', '6');
  await old.waitFor({ state: 'detached' });
  await newTab(page, '(module (func (export "f") (result i32)))');
  await region(page).getByRole('button', { name: 'Compare', exact: true }).click();
  await said(page).filter({ hasText: 'No compiler compiled the module' }).waitFor();
  expect(await rows(page).first().innerText()).toContain('Type mismatch');
  await write(page, '(module (fnc))');
  await region(page).getByRole('button', { name: 'Compare', exact: true }).click();
  await region(page).getByRole('alert').filter({ hasText: 'fnc' }).waitFor();
});

test('axe finds nothing in a comparison, in either theme', async () => {
  const page = await open({ bypassCSP: true });
  await region(page).getByRole('button', { name: 'Compare', exact: true }).click();
  await region(page).getByRole('alert').waitFor();
  expect(await violations(page), 'missing arguments').toEqual([]);
  await compare(page, 'fib', '8');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violations(page), colorScheme).toEqual([]);
  }
});

test('a compiler that refuses the module says why, and the others are compared', async () => {
  const page = await workshop.openOn(
    `(module (func (export "lane") (result i32)
       (i32x4.extract_lane 2 (i32x4.splat (i32.const 9)))))`,
    { ran: false, context: SIZE },
  );
  await page.keyboard.press('Alt+Shift+2');
  await region(page).getByRole('button', { name: 'Compare', exact: true }).click();
  await expect.poll(() => rows(page).count(), { timeout: 60_000 }).toBe(COMPILERS.length);
  expect(await rows(page).first().innerText()).toMatch(/^Singlepass JIT.*(SIMD|i32x4)/s);
  expect(await rows(page).nth(1).innerText()).toMatch(/9$/);
});
