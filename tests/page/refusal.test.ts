// The error of a compiler that lacks a feature names those that have it, and one press chooses
// them.

import { type Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { COMPILERS, Workshop, call, newTab, run, show } from './workshop';

const VECTORS = `(module
  (func (export "lane") (result i32)
    (i32x4.extract_lane 2 (v128.const i32x4 1 2 3 4))))
`;

const TAIL_CALLS = `(module
  (func $one (result i32) (i32.const 1))
  (func (export "one") (result i32)
    (return_call $one)))
`;

const workshop = new Workshop();
let page: Page;

beforeEach(async () => {
  page = await workshop.open();
});

const compiler = (name: string) =>
  page.getByRole('radiogroup', { name: 'Compiler' }).getByRole('radio', { name, exact: true });
const problems = () => page.getByRole('region', { name: 'Problems' });
const choices = () => problems().getByRole('button', { name: /^Choose / });

for (const [index, chosen] of ['Cranelift', 'LLVM'].entries()) {
  test.runIf(COMPILERS.includes(chosen))(
    `${chosen} is chosen where Singlepass refuses vectors`,
    async () => {
      await newTab(page, VECTORS);
      await compiler('Singlepass').click();
      await run(page);
      await problems().getByText('Singlepass of Wasmer 7.5 cannot compile').waitFor();
      expect(await choices().allInnerTexts()).toEqual(['Choose Cranelift', 'Choose LLVM']);
      await choices().nth(index).click();
      await expect.poll(() => compiler(chosen).isChecked()).toBe(true);
      await run(page);
      await show(page, 'Exports');
      expect(await call(page, 'lane')).toContain('3');
    },
  );
}

test('a memory over the limit, and a proposal that is off, are each mended by one press', async () => {
  await newTab(page, '(module (memory (export "memory") 65536) (func (export "f")))');
  await run(page);
  await problems().getByRole('button', { name: 'Allow 4 GiB in this tab' }).click();
  await run(page);
  await show(page, 'Exports');
  expect(await call(page, 'f')).toContain('no result');
  await newTab(page, TAIL_CALLS);
  await show(page, 'Problems');
  await problems().getByRole('button', { name: 'Turn on tail_call' }).click();
  await problems().getByText('No problems').waitFor();
});

test('a call runs the module first if nothing has run', async () => {
  await newTab(
    page,
    '(module (func (export "twice") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2))))',
  );
  await page.getByRole('textbox', { name: 'twice argument 1' }).fill('21');
  await page.getByRole('button', { name: 'Call twice', exact: true }).click();
  await page.getByRole('status', { name: 'Result of twice' }).filter({ hasText: '42' }).waitFor();
  // Without what it imports it does not run, and the panel Problems says why.
  await newTab(page, '(module (import "space" "name" (func)) (func (export "f")))');
  await page.getByRole('button', { name: 'Call f', exact: true }).click();
  await problems().getByText('space.name').first().waitFor();
});

test('who lacks it as well is not offered', async () => {
  await newTab(page, TAIL_CALLS);
  await compiler('Cranelift').click();
  await show(page, 'Settings');
  await page.getByRole('checkbox', { name: /tail.call/i }).check();
  await run(page);
  await problems().getByText('it has no tail calls').waitFor();
  expect(await choices().allInnerTexts()).toEqual(['Choose LLVM']);
});
