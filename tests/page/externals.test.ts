// Every kind of external, made by the host and taken from another tab.

import { beforeEach, expect, test } from 'vitest';
import {
  begin,
  page,
  imports,
  show,
  provider,
  field,
  number,
  choice,
  tabs,
  open,
  provide,
  runAndShow,
  failure,
} from './imports-panel';
import { call, newTab } from './workshop';

beforeEach(begin);

test('a memory, a table and a global are made here, as far as the import allows', async () => {
  await open(`(module
    (import "env" "memory" (memory 2 4))
    (import "env" "table" (table 3 5 funcref))
    (import "env" "global" (global i64))
    (func (export "byte") (param i32) (result i32) (i32.load8_u (local.get 0)))
    (func (export "pages") (result i32) (memory.size))
    (func (export "elements") (result i32) (table.size 0))
    (func (export "value") (result i64) (global.get 0)))`);
  await provide('env.memory', 'New memory');
  await number('Minimum, in pages of env.memory').fill('1');
  await imports.getByText('Write a whole number from 2 to 4.').waitFor();
  await number('Minimum, in pages of env.memory').fill('3');
  const contents = imports.getByRole('group', { name: 'Add content to env.memory' });
  await contents.getByRole('button', { name: 'Text' }).click();
  await field('Text of env.memory, content 1').fill('A');
  await contents.getByRole('button', { name: 'Hex' }).click();
  await number('At byte of env.memory, content 2').fill('1');
  await field('Hexadecimal of env.memory, content 2').fill('ff 07');
  await contents.getByLabel('File for env.memory').setInputFiles({
    name: 'three.bin',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from([9]),
  });
  await number('At byte of env.memory, content 3').fill('3');
  await provide('env.table', 'New table');
  await number('Minimum, in elements of env.table').fill('4');
  await provide('env.global', 'New global');
  await field('Value (i64) of env.global').fill('9007199254740993');
  await runAndShow();
  for (const [at, byte] of ['65', '255', '7', '9', '0'].entries()) {
    expect(await call(page, 'byte', String(at))).toContain(byte);
  }
  expect(await call(page, 'pages')).toContain('3');
  expect(await call(page, 'elements')).toContain('4');
  expect(await call(page, 'value')).toContain('9007199254740993');
});

test('a shared memory is made for an import that asks for one', async () => {
  await open(`(module
    (import "env" "memory" (memory 1 2 shared))
    (func (export "bump") (result i32) (i32.atomic.rmw.add (i32.const 0) (i32.const 5))))`);
  await provide('env.memory', 'New memory');
  await imports.getByText('Shared between threads, as the import is.').waitFor();
  await runAndShow();
  expect(await call(page, 'bump')).toContain('0');
  expect(await call(page, 'bump')).toContain('5');
});

test('every kind of external is taken from another tab, and only what fits is offered', async () => {
  await newTab(
    page,
    `(module
      (memory (export "lib_memory") 2)
      (data (i32.const 0) "Z")
      (table (export "lib_table") 1 funcref)
      (elem (i32.const 0) $twice)
      (global (export "lib_global") (mut i32) (i32.const 5))
      (func $twice (export "twice") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2)))
      (func (export "other") (param i64)))`,
  );
  await show('Exports');
  await exportsOf('twice');
  await open(`(module
    (type $t (func (param i32) (result i32)))
    (import "lib" "f" (func $f (type $t)))
    (import "lib" "memory" (memory 1))
    (import "lib" "table" (table 1 funcref))
    (import "lib" "global" (global $g (mut i32)))
    (func (export "go") (param i32) (result i32) (call $f (local.get 0)))
    (func (export "through") (param i32) (result i32) (call_indirect (type $t) (local.get 0) (i32.const 0)))
    (func (export "byte") (result i32) (i32.load8_u (i32.const 0)))
    (func (export "bump") (result i32) (global.set $g (i32.add (global.get $g) (i32.const 1))) (global.get $g)))`);
  const EXPORTS = { f: 'twice', memory: 'lib_memory', table: 'lib_table', global: 'lib_global' };
  for (const [name, exported] of Object.entries(EXPORTS)) {
    await provide(`lib.${name}`, 'An export of another tab');
    await pick(`lib.${name}`, exported);
  }
  const offered = await choice('Export of lib.f').locator('option').allInnerTexts();
  expect(offered).toContain('twice');
  expect(offered).not.toContain('other');
  await runAndShow();
  expect(await call(page, 'go', '21')).toContain('42');
  expect(await call(page, 'through', '4')).toContain('8');
  expect(await call(page, 'byte')).toContain('90');
  expect(await call(page, 'bump')).toContain('6');
});

/** Waits until the exports of the active tab are listed. */
async function exportsOf(name: string): Promise<void> {
  await page
    .getByRole('region', { name: 'Exports' })
    .getByText(name, { exact: true })
    .first()
    .waitFor();
}

test('a tag is made here, and the module throws by it', async () => {
  await open(
    `(module (import "env" "oops" (tag $e (param i32)))
       (func (export "go") (result i32)
         (block $caught (result i32) (try_table (catch $e $caught) (throw $e (i32.const 42))) (i32.const 0))))`,
  );
  await allowExceptions();
  await show('Imports');
  await provide('env.oops', 'New tag');
  await runAndShow();
  expect(await call(page, 'go')).toContain('42');
});

test('a tag is taken from another tab, and catches what is thrown there', async () => {
  await newTab(
    page,
    `(module (tag $e (export "lib_tag") (param i32))
       (func (export "lib_throw") (param i32) (throw $e (local.get 0))))`,
  );
  await allowExceptions();
  await exportedBy('lib_tag');
  await open(
    `(module (import "lib" "oops" (tag $e (param i32))) (import "lib" "throw" (func $throw (param i32)))
       (func (export "go") (param i32) (result i32)
         (block $caught (result i32) (try_table (catch $e $caught) (call $throw (local.get 0))) (i32.const 0))))`,
  );
  await allowExceptions();
  await show('Imports');
  for (const [name, exported] of Object.entries({ oops: 'lib_tag', throw: 'lib_throw' })) {
    await provide(`lib.${name}`, 'An export of another tab');
    await pick(`lib.${name}`, exported);
  }
  await runAndShow();
  expect(await call(page, 'go', '42')).toContain('42');
});

/** Turns the proposal on in the active tab. */
async function allowExceptions(): Promise<void> {
  await show('Settings');
  await page.getByRole('checkbox', { name: /^Exceptions/ }).check();
}

test('a tab that is closed is missed by the next Run of the one that imports from it', async () => {
  await newTab(page, '(module (func (export "gone") (result i32) (i32.const 9)))');
  await exportedBy('gone');
  const library = (await tabs().count()) - 1;
  await open(
    '(module (import "lib" "f" (func $f (result i32))) (func (export "go") (result i32) (call $f)))',
  );
  await provide('lib.f', 'An export of another tab');
  await pick('lib.f', 'gone');
  await runAndShow();
  expect(await call(page, 'go')).toContain('9');
  await page.getByRole('group', { name: 'Close tabs' }).getByRole('button').nth(library).click();
  await show('Imports');
  await imports.getByText(/was closed/).waitFor();
  expect(await provider('lib.f').getAttribute('aria-invalid')).toBe('true');
  expect(await failure()).toContain('not open any more');
});

test('tabs that import from one another in a circle are refused with the path', async () => {
  const text = (f: string, g: string) =>
    `(module (import "b" "${g}" (func)) (func (export "${f}")))`;
  await open(text('circle_a', 'x'));
  await exportedBy('circle_a');
  const first = (await tabs().count()) - 1;
  await open(text('circle_b', 'x'));
  await provide('b.x', 'An export of another tab');
  await pick('b.x', 'circle_a');
  await tabs().nth(first).click();
  await show('Imports');
  // The first offer closes the circle already, so no choice here is valid.
  await provider('b.x').scrollIntoViewIfNeeded();
  await provider('b.x').selectOption({ label: 'An export of another tab' });
  await imports.getByText('The tabs import in a circle').waitFor();
  await pick('b.x', 'circle_b');
  expect(await failure()).toMatch(/untitled[\s\S]*untitled/);
});

/** Waits until other tabs can see this tab's export. */
async function exportedBy(name: string): Promise<void> {
  await show('Exports');
  await exportsOf(name);
}

/** Chooses an export by its name, in any tab. */
async function pick(of: string, name: string): Promise<void> {
  const modules = choice(`Tab of ${of}`);
  for (const module of await modules.locator('option').allInnerTexts()) {
    await modules.selectOption({ label: module });
    const names = await choice(`Export of ${of}`).locator('option').allInnerTexts();
    if (names.includes(name))
      return void (await choice(`Export of ${of}`).selectOption({ label: name }));
  }
  throw new Error(`No tab offers ${name}`);
}
