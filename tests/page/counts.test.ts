// Instructions that are counted: beside the time of a call, and by function in the panel Timings.

import { expect, test } from 'vitest';
import { violations } from './axe';
import { Workshop, call } from './workshop';

const workshop = new Workshop();

const FIB = `(module
  (func $fib (export "fib") (param $n i32) (result i32)
    (if (result i32) (i32.lt_u (local.get $n) (i32.const 2))
      (then (local.get $n))
      (else (i32.add (call $fib (i32.sub (local.get $n) (i32.const 1)))
                     (call $fib (i32.sub (local.get $n) (i32.const 2))))))))`;

test('a call that is counted shows its instructions, and those of each function', async () => {
  const page = await workshop.openOn(FIB, { ran: false, context: { bypassCSP: true } });
  await page.getByRole('tab', { name: 'Timings' }).click();
  await page.getByRole('tab', { name: 'Instructions' }).click();
  const sheet = page.getByRole('group', { name: 'Instructions', exact: true });
  await sheet.getByRole('button', { name: 'Count instructions' }).click();
  await sheet.getByText('Press Run').waitFor();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  // A call is refused while the run goes on.
  await page.getByRole('status', { name: 'Last run' }).filter({ hasText: 'Ran in' }).waitFor();
  const exports = page.getByRole('region', { name: 'Exports' });
  await exports.getByRole('textbox', { name: 'fib argument 1' }).fill('10');
  await exports.getByRole('button', { name: 'Call fib', exact: true }).click();
  await exports.getByText('1,589 instructions').waitFor();
  const table = page.getByRole('table', { name: 'Instructions by function' });
  await expect
    .poll(() => table.locator('tbody tr').allInnerTexts())
    .toEqual([expect.stringMatching(/^\$fib\s+1,589\s+100\.0 %\s+177$/)]);
  expect(await violations(page)).toEqual([]);
});

test('the option says that it slows the code, and code without it shows no number', async () => {
  const page = await workshop.openOn(FIB, { ran: true });
  await call(page, 'fib', '10');
  const exports = page.getByRole('region', { name: 'Exports' });
  expect(await exports.innerText()).not.toContain('instructions');
  const settings = page.getByRole('region', { name: 'Settings' });
  await page.getByRole('tab', { name: 'Settings' }).click();
  const option = settings.getByRole('checkbox', { name: /^Count instructions.*slower/ });
  expect(await option.isChecked()).toBe(false);
  await option.check();
  await expect.poll(() => option.isChecked()).toBe(true);
});

test('a compilation is measured by step and by function', async () => {
  const page = await workshop.openOn(FIB, { ran: false, context: { bypassCSP: true } });
  await page.getByRole('tab', { name: 'Timings' }).click();
  await page.getByRole('tab', { name: 'Compile time' }).click();
  await page.getByRole('button', { name: 'Measure compilation' }).click();
  const functions = page.getByRole('table', { name: 'Compile time by function' });
  await expect
    .poll(() => functions.locator('tbody tr').allInnerTexts())
    .toEqual([expect.stringMatching(/^\$fib\s+[\d.]+ (µs|ms)\s+100\.0 %\s+\d+\s+\d+$/)]);
  const steps = page.getByRole('table', { name: 'Compile time by step' });
  expect(await steps.locator('tbody th').allInnerTexts()).toEqual([
    'validation',
    'reading the module',
    'functions',
    'trampolines',
    'layout and linking',
  ]);
  expect(await violations(page)).toEqual([]);
});
