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

test('who lacks it as well is not offered', async () => {
  await newTab(page, TAIL_CALLS);
  await compiler('Cranelift').click();
  await show(page, 'Settings');
  await page.getByRole('checkbox', { name: /tail.call/i }).check();
  await run(page);
  await problems().getByText('it has no tail calls').waitFor();
  expect(await choices().allInnerTexts()).toEqual(['Choose LLVM']);
});
