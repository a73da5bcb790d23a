// Benches and races in the panel Timings.

import { readFileSync } from 'node:fs';
import { type Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { COMPILERS, Workshop } from './workshop';

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
  await page.getByRole('button', { name: 'Export report' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /^HTML/ }).click();
  const text = readFileSync(await (await download).path(), 'utf8');
  expect(text).toContain('id="report"');
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
