// The exports of a module: called once, again and many times; globals, tables and memories read and
// changed.

import { type Locator, type Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { Workshop, call, show } from './workshop';

const MODULE = `(module
  (type $number (func (result i32)))
  (global $count (export "count") (mut i64) (i64.const 1))
  (global (export "constant") f32 (f32.const 2.5))
  (table $t (export "functions") 3 5 funcref)
  (elem (i32.const 1) $ten)
  (memory (export "mem") 1 2)
  (tag (export "oops") (param i32))
  (func $set_up (global.set $count (i64.const 41)))
  (start $set_up)
  (func $ten (result i32) (i32.const 10))
  (func (export "eleven") (result i32) (i32.const 11))
  (func (export "slow") (local $i i32)
    (loop $l (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 20000)))))
  (global (export "wide") (mut v128) (v128.const i64x2 0 0))
  (func (export "same") (param i32 i64 f32 f64 v128 funcref) (result i32 i64 f32 f64 v128 funcref)
    (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4) (local.get 5))
  (func (export "next") (result i64)
    (global.set $count (i64.add (global.get $count) (i64.const 1)))
    (global.get $count))
  (func (export "through") (param i32) (result i32) (call_indirect $t (type $number) (local.get 0)))
  (func (export "spin") (loop $l (global.set $count (i64.add (global.get $count) (i64.const 1))) (br $l)))
  (func $inner (param i32)
    (drop (i32.div_u (i32.const 1) (local.get 0))))
  (func (export "divide") (param i32) (call $inner (local.get 0))))`;

const workshop = new Workshop();
let page: Page;
let exports: Locator;

beforeEach(async () => {
  page = await workshop.openOn(MODULE, {
    // Cranelift supports v128 parameters and tags. The tag needs its proposal.
    settings: ({ proposals }) => ({
      compiler: 'cranelift',
      proposals: { ...proposals, exceptions: true },
    }),
    ran: true,
    context: { permissions: ['clipboard-read', 'clipboard-write'] },
  });
  exports = page.getByRole('region', { name: 'Exports' });
  await status('Value of count').waitFor();
});

const status = (name: string) => exports.getByRole('status', { name, exact: true });
const button = (name: string) => exports.getByRole('button', { name, exact: true });

test('what is pressed in the moment after Run waits for its end, and is done in turn', async () => {
  const run = page.getByRole('button', { name: 'Run', exact: true });
  const pressed = [run, button('Call eleven'), button('Call eleven')];
  const buttons = await Promise.all(pressed.map((one) => one.elementHandle()));
  // All come before the page hears of the run.
  await page.evaluate((pressed) => {
    for (const one of pressed) (one as HTMLElement).click();
  }, buttons);
  await status('Result of eleven').filter({ hasText: '11' }).waitFor();
  const rows = page.getByRole('table', { name: 'Timings' }).locator('tbody tr');
  const done = async () => (await rows.allInnerTexts()).map((row) => row.match(/run|eleven/)?.[0]);
  await expect.poll(done).toEqual(['eleven', 'eleven', 'run', 'run']);
});

test('the start function is shown, and what it did', async () => {
  expect(await exports.innerText()).toMatch(/Start function\s+\$set_up/);
  expect(await status('Value of count').innerText()).toContain('41');
  expect(await exports.getByRole('listitem').filter({ hasText: 'oops' }).innerText()).toContain(
    'tag',
  );
});

test('arguments are taken in every form, and come back bit for bit', async () => {
  const given = [
    '0b101',
    '0xffff_ffff_ffff_ffff',
    'nan:0x200001',
    '-inf',
    'f32x4 1 -0 inf nan:0x1',
    'ref.null',
  ];
  const result = await call(page, 'same', ...given);
  for (const text of ['5', '-1', 'nan:0x200001', '-inf', 'null']) expect(result).toContain(text);
  const lanes = exports.getByRole('combobox', { name: 'Lanes of result 5 of same' });
  // The result has the lanes of the argument until another choice is made.
  expect(await lanes.inputValue()).toBe('f32x4');
  expect(await status('Result of same').innerText()).toContain('f32x4 1 -0 inf nan:0x1');
  await lanes.selectOption('v128');
  expect(await status('Result of same').innerText()).toContain('0x7f800001');
});

test('a vector is typed in the lanes of its own choice', async () => {
  const field = exports.getByRole('textbox', { name: 'same argument 5', exact: true });
  const shape = exports.getByRole('combobox', { name: 'Lane shape of same argument 5' });
  await field.fill('0x00000004000000030000000200000001');
  await shape.selectOption('i32x4');
  expect(await field.inputValue()).toBe('i32x4 1 2 3 4');
  await shape.selectOption('i64x2');
  expect(await field.inputValue()).toBe('i64x2 8589934593 17179869187');
});

test('each lane of a vector has a field of its own, in step with the text', async () => {
  const field = exports.getByRole('textbox', { name: 'same argument 5', exact: true });
  const lane = (index: number) =>
    exports.getByRole('textbox', { name: `same argument 5 lane ${index}`, exact: true });
  const fields = exports
    .getByRole('group', { name: 'Lanes of same argument 5' })
    .getByRole('textbox');
  const shape = exports.getByRole('combobox', { name: 'Lane shape of same argument 5' });
  for (const [name, count] of [
    ['i8x16', 16],
    ['i16x8', 8],
    ['i64x2', 2],
    ['f32x4', 4],
    ['f64x2', 2],
    ['v128', 0],
    ['i32x4', 4],
  ] as const) {
    await shape.selectOption(name);
    expect(await fields.count(), name).toBe(count);
  }
  await field.fill('i32x4 1 2 3 4');
  expect(await lane(2).inputValue()).toBe('3');
  await lane(2).fill('-0x10');
  expect(await field.inputValue()).toBe('i32x4 1 2 -0x10 4');
  // An empty field is a zero. Several lanes that are pasted go on into the next fields.
  await lane(0).fill('');
  expect(await field.inputValue()).toBe('i32x4 0 2 -0x10 4');
  expect(await lane(0).inputValue()).toBe('');
  await lane(1).fill('7, 8 9');
  expect(await field.inputValue()).toBe('i32x4 0 7 8 9');
  await lane(3).fill('4294967296');
  await button('Call same').click();
  expect(await lane(3).getAttribute('aria-invalid')).toBe('true');
  expect(await lane(2).getAttribute('aria-invalid')).toBeNull();
  await lane(3).fill('-9');
  const result = await call(page, 'same', '0', '0', '0', '0', await field.inputValue(), 'null');
  expect(result).toContain('i32x4 0 7 8 -9');
});

test('a global of 128 bits is set lane by lane, and shown in the same lanes', async () => {
  await exports
    .getByRole('combobox', { name: 'Lane shape of New value of wide' })
    .selectOption('i16x8');
  await exports.getByRole('textbox', { name: 'New value of wide lane 7', exact: true }).fill('-2');
  await button('Set wide').click();
  await expect.poll(() => status('Value of wide').innerText()).toContain('i16x8 0 0 0 0 0 0 0 -2');
});

test('an argument that is none says so at its field, and what the workbench refuses below it', async () => {
  const field = exports.getByRole('textbox', { name: 'through argument 1' });
  await call(page, 'through', '1');
  const colour = () =>
    status('Result of through')
      .locator('strong')
      .first()
      .evaluate((value) => getComputedStyle(value).color);
  const before = await colour();
  await field.fill('4294967296');
  await button('Call through').click();
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  const described = await field.getAttribute('aria-describedby');
  expect(await page.locator(`[id="${described}"]`).innerText()).toMatch(
    /does not fit into 32 bits/,
  );
  expect(await colour(), 'the result of the call before is dim').not.toBe(before);

  for (const [index, text] of ['0', '0', '0', '0', 'i32x4 0 0 0 0', 'func 99'].entries()) {
    await exports
      .getByRole('textbox', { name: `same argument ${index + 1}`, exact: true })
      .fill(text);
  }
  await button('Call same').click();
  const form = exports.getByRole('form', { name: 'same', exact: true });
  await expect
    .poll(() => form.getByRole('alert').innerText())
    .toMatch(/function 99 cannot be given/);
});

test('a call is kept with its arguments, and made again with them', async () => {
  await call(page, 'through', '1');
  await exports.getByRole('textbox', { name: 'through argument 1' }).fill('2');
  const form = exports.getByRole('form', { name: 'through', exact: true });
  await form.getByText('1 call', { exact: true }).click();
  const history = form.getByRole('list', { name: 'History of through' });
  expect(await history.innerText()).toMatch(/\(1\) → 10/);
  await history.getByRole('button', { name: 'Again through with 1' }).click();
  await expect.poll(() => history.getByRole('listitem').count()).toBe(2);
  expect(await exports.getByRole('textbox', { name: 'through argument 1' }).inputValue()).toBe('1');
  await form.getByRole('button', { name: 'Clear history of through' }).click();
  await expect.poll(() => history.count()).toBe(0);
});

test('many calls give their figures, in the result and in the timings', async () => {
  await exports.getByRole('spinbutton', { name: 'Repetitions of next' }).fill('1000');
  await button('Repeat next').click();
  await expect
    .poll(() => status('Result of next').innerText())
    .toMatch(/1041[\s\S]*1,000 calls[\s\S]*median/);
  expect(await page.getByRole('table', { name: 'Timings' }).innerText()).toMatch(
    /call next\s+× 1000, median/,
  );
});

test('many calls show how far they are, and are stopped', async () => {
  await exports.getByRole('spinbutton', { name: 'Repetitions of slow' }).fill('10000000');
  await button('Repeat slow').click();
  await exports.getByRole('progressbar', { name: 'Calls of slow' }).waitFor();
  await button('Stop calling slow').click();
  await expect
    .poll(() => status('Result of slow').innerText())
    .toMatch(/stopped[\s\S]*calls[\s\S]*median/i);
  expect(await call(page, 'eleven')).toContain('11');
});

test('a mutable global is set, exactly, and a constant has nothing to set', async () => {
  await exports.getByRole('textbox', { name: 'New value of count' }).fill('9007199254740993');
  await button('Set count').click();
  await expect.poll(() => status('Value of count').innerText()).toContain('9007199254740993');
  expect(await call(page, 'next')).toContain('9007199254740994');
  expect(await exports.getByRole('textbox', { name: 'New value of constant' }).count()).toBe(0);
});

test('a global is live while the guest runs', async () => {
  await button('Call spin').click();
  const before = await status('Value of count').innerText();
  await expect.poll(() => status('Value of count').innerText()).not.toBe(before);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect.poll(() => status('Result of spin').innerText()).toMatch(/stopped/i);
});

test('a table shows its functions by name, is set by the name of an export, and grows', async () => {
  const table = exports.getByRole('group', { name: 'functions', exact: true });
  await table.getByText('Elements', { exact: true }).click();
  const elements = table.getByRole('table', { name: 'Elements of functions' });
  await expect.poll(() => elements.getByRole('row').nth(2).innerText()).toMatch(/1\s+func 1\s+ten/);
  await table.getByRole('spinbutton', { name: 'Element of functions' }).fill('2');
  await table.getByRole('combobox', { name: 'Entry for functions' }).fill('eleven');
  await table.getByRole('button', { name: 'Set element of functions' }).click();
  await expect.poll(() => elements.getByRole('row').nth(3).innerText()).toContain('eleven');
  expect(await call(page, 'through', '2')).toContain('11');

  await table.getByRole('combobox', { name: 'Entry for functions' }).fill('elevn');
  await table.getByRole('button', { name: 'Set element of functions' }).click();
  await expect.poll(() => table.getByRole('alert').innerText()).toMatch(/Did you mean eleven/);

  await table.getByRole('button', { name: 'Grow functions' }).click();
  await expect
    .poll(() => table.getByRole('status', { name: 'Size of functions' }).innerText())
    .toContain('4 elements');
  await expect.poll(() => elements.getByRole('row').count()).toBe(5);
  await table.getByRole('spinbutton', { name: 'Elements to grow functions by' }).fill('9');
  await table.getByRole('button', { name: 'Grow functions' }).click();
  await expect.poll(() => table.getByRole('alert').innerText()).toMatch(/5 at most/);
});

test('a memory says its pages, grows up to its maximum, and opens in the viewer', async () => {
  const memory = exports.getByRole('form', { name: 'mem', exact: true });
  const size = memory.getByRole('status', { name: 'Size of mem' });
  expect(await memory.innerText()).toContain('1 to 2 pages');
  await memory.getByRole('button', { name: 'Grow mem' }).click();
  await expect.poll(() => size.innerText()).toContain('2 pages now (128 KiB)');
  await memory.getByRole('button', { name: 'Grow mem' }).click();
  await memory.getByRole('alert').waitFor();
  await memory.getByRole('button', { name: 'Open in viewer' }).click();
  await page.getByRole('grid', { name: 'Memory bytes' }).waitFor();
  await show(page, 'Timings');
});

test('a trap names its kind and its stack, and a click on a frame goes to its line', async () => {
  const result = await call(page, 'divide', '0');
  expect(result).toMatch(/integer divide by zero/);
  const stack = status('Result of divide').getByRole('list', { name: /^Stack/ });
  expect(await stack.getByRole('listitem').first().innerText()).toContain('$inner');
  const line = MODULE.split('\n').findIndex((text) => text.includes('i32.div_u')) + 1;
  await stack.getByRole('button', { name: new RegExp(`^line ${line},`) }).click();
  const active = page.getByRole('textbox', { name: 'WAT source' }).locator('.cm-activeLine');
  expect(await active.innerText()).toContain('i32.div_u');
  await status('Result of divide').getByRole('button', { name: 'Copy stack' }).click();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toMatch(/^integer_divide_by_zero: [\s\S]*\$inner line/);
});
