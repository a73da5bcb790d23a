// A person's first steps: a module, Run, Call, a result, and times that grow into a graph.

import { type Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { COMPILERS, Workshop, call, newTab, run } from './workshop';

const workshop = new Workshop('with');
let page: Page;

beforeEach(async () => {
  page = await workshop.open();
});

test('the page opens on a tab with a small module that runs and can be called', async () => {
  await run(page);
  expect(await call(page, 'add_one', '41')).toContain('42');
});

test('the timing graph grows while compilers are changed', async () => {
  await run(page);
  const graph = page.getByRole('img', { name: 'Timing graph' });
  await graph.waitFor();
  const points = async () =>
    Number(await page.locator('[data-points]').getAttribute('data-points'));
  let before = await points();
  for (const compiler of COMPILERS) {
    await page
      .getByRole('radiogroup', { name: 'Compiler' })
      .getByRole('radio', { name: compiler })
      .click();
    await run(page);
    await expect.poll(points).toBeGreaterThan(before);
    before = await points();
    expect(await call(page, 'add_one', '-1')).toContain('0');
  }
  const table = page.getByRole('table', { name: 'Timings' });
  for (const compiler of COMPILERS) expect(await table.innerText()).toContain(compiler);
});

test('both engines give the same result', async () => {
  for (const engine of ['Native', 'JIT']) {
    await page
      .getByRole('radiogroup', { name: 'Engine' })
      .getByRole('radio', { name: engine })
      .click();
    await run(page);
    expect(await call(page, 'add_one', '2147483647')).toContain('-2147483648');
  }
});

test('values are exact in the page', async () => {
  await newTab(
    page,
    `(module (func (export "same") (param i64 f32 f64) (result i64 f32 f64)
       local.get 0 local.get 1 local.get 2))`,
  );
  await run(page);
  const result = await call(page, 'same', '9007199254740993', 'nan:0x200001', '-0');
  for (const text of ['9007199254740993', 'nan:0x200001', '-0']) expect(result).toContain(text);
});

test('an endless loop is stopped, and the instance can still be used', async () => {
  await newTab(
    page,
    `(module
       (global $n (export "n") (mut i32) (i32.const 0))
       (func (export "spin") (loop $l (global.set $n (i32.const 7)) (br $l)))
       (func (export "get") (result i32) (global.get $n)))`,
  );
  await run(page);
  await page.getByRole('button', { name: 'Call spin', exact: true }).click();
  const stop = page.getByRole('button', { name: 'Stop', exact: true });
  await expect.poll(() => stop.isEnabled()).toBe(true);
  await stop.click();
  await expect
    .poll(() => page.getByRole('status', { name: 'Result of spin' }).innerText())
    .toMatch(/stop/i);
  // The person wanted it, so it is no failure.
  const exports = page.getByRole('region', { name: 'Exports' });
  expect(await exports.getByText('Failed:').count()).toBe(0);
  expect(await call(page, 'get')).toContain('7');
});

test('a trap names its kind, its function and its line', async () => {
  await newTab(
    page,
    '(module\n  (func $deep (param i32) (result i32)\n    (i32.div_u (i32.const 1) (local.get 0)))\n' +
      '  (func (export "f") (param i32) (result i32)\n    (call $deep (local.get 0))))',
  );
  await run(page);
  const result = await call(page, 'f', '0');
  expect(result).toMatch(/zero/i);
  const problems = await page.getByRole('region', { name: 'Exports' }).innerText();
  expect(problems).toContain('deep');
  expect(problems).toMatch(/\b3\b/);
});
