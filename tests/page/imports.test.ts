// What a module imports: every kind of provider, every kind of external made here and taken from another tab, the record.

import { readFile } from 'node:fs/promises';
import { type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Workshop, call, newTab, run, write } from './workshop';

const workshop = new Workshop();
let page: Page;
let imports: Locator;
let calls: Locator;

beforeAll(async () => {
  await workshop.serve();
  page = await workshop.open({ permissions: ['clipboard-read', 'clipboard-write'] });
  imports = page.getByRole('region', { name: 'Imports' });
  calls = page.getByRole('region', { name: 'Calls' });
});
afterAll(() => workshop.close());

/** Brings a panel to the front; the tab of Imports also has a count. */
const show = (panel: string) => page.getByRole('tab', { name: new RegExp(`^${panel}( \\d+)?$`) }).click();
const provider = (of: string) => imports.getByRole('combobox', { name: `Provider of ${of}` });
const field = (name: string) => imports.getByRole('textbox', { name, exact: true });
const number = (name: string) => imports.getByRole('spinbutton', { name, exact: true });
const choice = (name: string) => imports.getByRole('combobox', { name, exact: true });
const tabs = () => page.getByRole('tablist', { name: 'Open tabs' }).getByRole('tab');

/** A new tab with this text, and the panel Imports in front. */
async function open(text: string): Promise<void> {
  await newTab(page, text);
  await show('Imports');
}

/** Chooses who provides an import, and waits until the workbench agrees. */
async function provide(of: string, kind: string): Promise<void> {
  // What can be chosen is asked for when the row is seen.
  await provider(of).scrollIntoViewIfNeeded();
  await provider(of).selectOption({ label: kind });
  await expect.poll(() => provider(of).getAttribute('aria-invalid')).toBeNull();
}

/** Runs the tab and goes on with the exports. */
async function runAndShow(): Promise<void> {
  await run(page);
  await show('Exports');
}

/** Why the last Run failed. */
async function failure(): Promise<string> {
  await run(page);
  return page.getByRole('region', { name: 'Problems' }).innerText();
}

const CALL = (type: string, rest = '') =>
  `(module (import "env" "f" (func $f ${type})) (func (export "go") ${type} ${rest} (call $f)))`;

test('what a module imports is listed by namespace, with exact types and a count of what is missing', async () => {
  await open(`(module
    (import "env" "sum" (func (param i32 i64) (result f64)))
    (import "env" "memory" (memory 1 3))
    (import "other" "count" (global (mut i64)))
    (import "other" "table" (table 2 funcref)))`);
  const env = imports.getByRole('region', { name: 'Namespace env' });
  await expect.poll(() => env.innerText()).toMatch(/sum\s+function \(i32, i64\) -> f64/);
  expect(await env.innerText()).toContain('memory of 1 to 3 pages');
  const other = imports.getByRole('region', { name: 'Namespace other' });
  expect(await other.innerText()).toContain('mutable global i64');
  await page.getByRole('tab', { name: 'Imports 4', exact: true }).waitFor();
  expect(await provider('env.sum').getAttribute('aria-invalid')).toBe('true');
});

test('Provide all fills every gap, says what it chose, and is taken back', async () => {
  await imports.getByRole('button', { name: 'Provide all' }).click();
  const chosen = imports.getByRole('status', { name: 'What was chosen' });
  await expect.poll(() => chosen.getByRole('listitem').count()).toBe(4);
  expect(await chosen.innerText()).toMatch(/env\.sum[\s\S]*env\.memory[\s\S]*other\.count[\s\S]*other\.table/);
  await page.getByRole('tab', { name: 'Imports', exact: true }).waitFor();
  await run(page);
  await imports.getByRole('button', { name: 'Undo change of imports' }).click();
  await page.getByRole('tab', { name: 'Imports 4', exact: true }).waitFor();
  expect(await failure()).toContain('other.table');
  await page.getByRole('region', { name: 'Problems' }).getByRole('button', { name: 'Provide them' }).click();
  await imports.getByRole('button', { name: 'Provide all' }).waitFor();
});

test('changes of providers are taken back and done again, by buttons and by keys', async () => {
  await open(CALL('(param i32)'));
  const undo = imports.getByRole('button', { name: 'Undo change of imports' });
  const redo = imports.getByRole('button', { name: 'Redo change of imports' });
  expect([await undo.isEnabled(), await redo.isEnabled()]).toEqual([false, false]);
  await provide('env.f', 'Log the call');
  await field('Template of env.f').fill('one');
  await provide('env.f', 'Trap with a message');
  await undo.click();
  await expect.poll(() => field('Template of env.f').inputValue()).toBe('one');
  await redo.click();
  await field('Message of env.f').waitFor();
  // Anywhere in the panel, but not where a field takes back its own text.
  await provider('env.f').focus();
  await page.keyboard.press('Control+z');
  await expect.poll(() => field('Template of env.f').inputValue()).toBe('one');
  await field('Template of env.f').focus();
  await page.keyboard.press('End');
  await page.keyboard.type('!');
  await page.keyboard.press('Control+z');
  expect(await field('Template of env.f').inputValue()).toBe('one');
  await provider('env.f').focus();
  for (let step = 0; step < 10 && (await undo.isEnabled()); step++) await page.keyboard.press('Control+z');
  await page.getByRole('tab', { name: 'Imports 1', exact: true }).waitFor();
  await page.keyboard.press('Control+Shift+z');
  await page.getByRole('tab', { name: 'Imports', exact: true }).waitFor();
  await page.keyboard.press('Control+y');
  await expect.poll(() => field('Template of env.f').inputValue()).toBe('one');
});

test('a function returns the values it is given', async () => {
  await open(CALL('(result i32 i64)'));
  await provide('env.f', 'Return a value');
  await field('Result 1 (i32) of env.f').fill('7');
  await field('Result 2 (i64) of env.f').fill('9007199254740993');
  await runAndShow();
  expect(await call(page, 'go')).toMatch(/7[\s\S]*9007199254740993/);
});

test('a value that is none is told at its field, and not kept', async () => {
  await show('Imports');
  await field('Result 1 (i32) of env.f').fill('4294967296');
  await imports.getByText(/does not fit into 32 bits/).waitFor();
  await runAndShow();
  expect(await call(page, 'go')).toContain('7');
});

test('a call is logged by a template', async () => {
  await open(
    '(module (import "env" "f" (func $f (param i32 f64))) (func (export "go") (call $f (i32.const 255) (f64.const 1.5))))',
  );
  await provide('env.f', 'Log the call');
  await field('Template of env.f').fill('x={0:x} y={1}\\n');
  await runAndShow();
  await call(page, 'go');
  await expect.poll(() => page.getByRole('log', { name: 'Output' }).innerText()).toContain('x=0xff y=1.5');
});

test('a string is read by pointer and length, and up to NUL', async () => {
  await open(`(module
    (import "env" "f" (func $f (param i32 i32)))
    (memory (export "memory") 1)
    (data (i32.const 8) "hello, world\\00")
    (func (export "go") (call $f (i32.const 8) (i32.const 5))))`);
  await provide('env.f', 'Read a string');
  await choice('Address of env.f').selectOption({ label: 'parameter 0 (i32)' });
  await choice('Length of env.f').selectOption({ label: 'parameter 1 (i32)' });
  await runAndShow();
  await call(page, 'go');
  const output = page.getByRole('log', { name: 'Output' });
  await expect.poll(() => output.innerText()).toMatch(/^hello$/m);
  await show('Imports');
  await choice('Length of env.f').selectOption({ label: 'up to the first NUL byte' });
  await choice('Memory of env.f').selectOption({ label: 'memory' });
  await runAndShow();
  await call(page, 'go');
  await expect.poll(() => output.innerText()).toContain('hello, world');
});

test('a counter counts', async () => {
  await open(CALL('(result i64)'));
  await provide('env.f', 'Counter');
  await field('Starts at of env.f').fill('5');
  await field('Step of env.f').fill('-2');
  await runAndShow();
  for (const value of ['5', '3', '1']) expect(await call(page, 'go')).toContain(value);
});

test('a clock tells the time', async () => {
  await open(CALL('(result f64)'));
  await provide('env.f', 'Clock');
  await choice('Counts of env.f').selectOption('milliseconds');
  await choice('Since of env.f').selectOption({ label: 'since 1970 (UTC)' });
  await runAndShow();
  const before = Date.now();
  const told = Number.parseFloat(await call(page, 'go'));
  expect(told).toBeGreaterThan(before - 2000);
  expect(told).toBeLessThan(Date.now() + 2000);
});

test('random numbers are the same after each Run, and others with another seed', async () => {
  await open(CALL('(result i64)'));
  await provide('env.f', 'Random');
  const numbers = async () => {
    await runAndShow();
    const told = [await call(page, 'go'), await call(page, 'go')];
    return told.map((text) => /-?\d+/.exec(text)?.[0]);
  };
  await field('Seed of env.f').fill('1');
  const first = await numbers();
  expect(first[0]).not.toBe(first[1]);
  expect(await numbers()).toEqual(first);
  await show('Imports');
  await field('Seed of env.f').fill('2');
  expect(await numbers()).not.toEqual(first);
});

test('a call ends early with a code, which is no trap', async () => {
  await open(CALL('(param i32)', '(local.get 0)'));
  await provide('env.f', 'Exit early');
  await choice('Code from of env.f').selectOption({ label: 'parameter 0 (i32)' });
  await runAndShow();
  expect(await call(page, 'go', '7')).toMatch(/Exited with status\s+7/);
});

test('a call traps with a message', async () => {
  await open(CALL('(param i32)', '(local.get 0)'));
  await provide('env.f', 'Trap with a message');
  await field('Message of env.f').fill('no more than {0}');
  await runAndShow();
  expect(await call(page, 'go', '7')).toContain('no more than 7');
});

test('JavaScript is called with Numbers and BigInts, and has the memory at hand', async () => {
  await open(`(module
    (import "env" "sum" (func $sum (param i32 i64) (result i64 f64)))
    (memory (export "memory") 1)
    (func (export "go") (result i64 f64) (call $sum (i32.const 2) (i64.const 9007199254740993)))
    (func (export "peek") (result i32) (i32.load8_u (i32.const 3))))`);
  await provide('env.sum', 'JavaScript');
  const script = field('JavaScript of env.sum');
  await script.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('(x, y) => { memory.u8(3, 42); return [y + BigInt(x), x / 4] }');
  await runAndShow();
  expect(await call(page, 'go')).toMatch(/9007199254740995[\s\S]*0\.5/);
  expect(await call(page, 'peek')).toContain('42');
});

test('JavaScript is coloured and its brackets close, as the language wants it', async () => {
  await show('Imports');
  const editor = field('JavaScript of env.sum');
  await editor.fill('(a) => ');
  // The language comes when the first editor is seen.
  await editor.press('Control+End');
  await page.keyboard.type('{ return "x');
  await expect.poll(() => editor.innerText()).toMatch(/\(a\) => \{ return "x" ?\}/);
  const coloured = async () => {
    const spans = editor.locator('.cm-line span');
    return spans.evaluateAll((all) =>
      Object.fromEntries(all.map((span) => [span.textContent?.trim(), getComputedStyle(span).color])),
    );
  };
  await expect.poll(async () => Object.keys(await coloured())).toEqual(expect.arrayContaining(['return', '"x"']));
  const colours = await coloured();
  expect(colours['return']).not.toBe(colours['"x"']);
});

test('JavaScript that gives what it must not is an error that names the import', async () => {
  await show('Imports');
  await field('JavaScript of env.sum').click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('() => 1');
  await runAndShow();
  expect(await call(page, 'go')).toContain('env.sum');
  await show('Imports');
  await field('JavaScript of env.sum').click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('(x, y => x');
  await expect.poll(async () => (await imports.innerText()) + (await failure())).toContain('env.sum');
});

test('a memory, a table and a global are made here, as far as the import allows', async () => {
  await open(`(module
    (import "env" "memory" (memory 2 4))
    (import "env" "table" (table 3 5 funcref))
    (import "env" "global" (global i64))
    (func (export "byte") (param i32) (result i32) (i32.load8_u (local.get 0)))
    (func (export "pages") (result i32) (memory.size))
    (func (export "elements") (result i32) (table.size 0))
    (func (export "value") (result i64) (global.get 0)))`);
  await provide('env.memory', 'A memory made here');
  await number('Minimum, in pages of env.memory').fill('1');
  await imports.getByText('Write a whole number from 2 to 4.').waitFor();
  await number('Minimum, in pages of env.memory').fill('3');
  const contents = imports.getByRole('group', { name: 'Add content to env.memory' });
  await contents.getByRole('button', { name: 'Text' }).click();
  await field('Text of env.memory, content 1').fill('A');
  await contents.getByRole('button', { name: 'Hex' }).click();
  await number('At byte of env.memory, content 2').fill('1');
  await field('Hexadecimal of env.memory, content 2').fill('ff 07');
  await contents
    .getByLabel('File for env.memory')
    .setInputFiles({ name: 'three.bin', mimeType: 'application/octet-stream', buffer: Buffer.from([9]) });
  await number('At byte of env.memory, content 3').fill('3');
  await provide('env.table', 'A table made here');
  await number('Minimum, in elements of env.table').fill('4');
  await provide('env.global', 'A global made here');
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
  await provide('env.memory', 'A memory made here');
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
  await page.getByRole('tab', { name: 'Exports', exact: true }).click();
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

/** Waits until the tab that is shown is known to export something. */
async function exportsOf(name: string): Promise<void> {
  await page.getByRole('region', { name: 'Exports' }).getByText(name, { exact: true }).first().waitFor();
}

test('a tag is made here, and the module throws by it', async () => {
  await open(
    `(module (import "env" "oops" (tag $e (param i32)))
       (func (export "go") (result i32)
         (block $caught (result i32) (try_table (catch $e $caught) (throw $e (i32.const 42))) (i32.const 0))))`,
  );
  await allowExceptions();
  await show('Imports');
  await provide('env.oops', 'A tag made here');
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

/** Turns the proposal on in the tab that is shown. */
async function allowExceptions(): Promise<void> {
  await show('Settings');
  await page.getByRole('checkbox', { name: /^Exceptions/ }).check();
}

test('a tab that is closed is missed by the next Run of the one that imports from it', async () => {
  await newTab(page, '(module (func (export "gone") (result i32) (i32.const 9)))');
  await exportedBy('gone');
  const library = (await tabs().count()) - 1;
  await open('(module (import "lib" "f" (func $f (result i32))) (func (export "go") (result i32) (call $f)))');
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
  const text = (f: string, g: string) => `(module (import "b" "${g}" (func)) (func (export "${f}")))`;
  await open(text('circle_a', 'x'));
  await exportedBy('circle_a');
  const first = (await tabs().count()) - 1;
  await open(text('circle_b', 'x'));
  await provide('b.x', 'An export of another tab');
  await pick('b.x', 'circle_a');
  await tabs().nth(first).click();
  await show('Imports');
  await provide('b.x', 'An export of another tab');
  await pick('b.x', 'circle_b');
  expect(await failure()).toMatch(/untitled[\s\S]*untitled/);
});

/** Waits until other tabs can see what this one exports. */
async function exportedBy(name: string): Promise<void> {
  await show('Exports');
  await exportsOf(name);
}

/** Chooses an export by its name, in whichever tab it is. */
async function pick(of: string, name: string): Promise<void> {
  const modules = choice(`Tab of ${of}`);
  for (const module of await modules.locator('option').allInnerTexts()) {
    await modules.selectOption({ label: module });
    const names = await choice(`Export of ${of}`).locator('option').allInnerTexts();
    if (names.includes(name)) return void (await choice(`Export of ${of}`).selectOption({ label: name }));
  }
  throw new Error(`No tab offers ${name}`);
}

test('every call of a host function is recorded, found, paused, cleared, and replayed', async () => {
  await open(`(module
    (import "env" "next" (func $next (result i64)))
    (import "env" "log" (func $log (param i32 i32)))
    (memory (export "memory") 1)
    (data (i32.const 16) "hello")
    (func (export "go") (result i64) (call $log (i32.const 16) (i32.const 5)) (call $next)))`);
  await provide('env.next', 'Random');
  await provide('env.log', 'Read a string');
  await choice('Length of env.log').selectOption({ label: 'parameter 1 (i32)' });
  await runAndShow();
  const first = await call(page, 'go');
  // What the guest writes brings the console to the front.
  await expect.poll(() => page.getByRole('log', { name: 'Output' }).innerText()).toContain('hello');
  const rows = calls.getByRole('table', { name: 'Host calls' }).locator('tbody tr[aria-rowindex]');
  const texts = async () => {
    await show('Calls');
    return rows.allInnerTexts();
  };
  await expect.poll(async () => (await texts()).length).toBe(2);
  const [log, next] = await texts();
  expect(log).toMatch(/env\.log\s+16, 5[\s\S]*memory 0x10 \+5: "hello"/);
  const random = /-?\d{6,}/.exec(first)![0];
  expect(next).toContain(random);

  const filter = calls.getByRole('searchbox', { name: 'Filter calls' });
  await filter.fill('next');
  await expect.poll(() => rows.count()).toBe(1);
  await filter.fill('');

  const replay = calls.getByRole('button', { name: 'Replay' });
  await replay.click();
  await expect.poll(() => calls.getByRole('status', { name: 'Calls state' }).innerText()).toContain('2 recorded calls');
  await show('Imports');
  await field('Seed of env.next').fill('99');
  await runAndShow();
  expect(await call(page, 'go')).toContain(random);
  await expect.poll(async () => (await texts())[0]).toContain('replayed');
  expect(await call(page, 'go')).toMatch(/env\.(log|next)/);
  await show('Calls');
  await replay.click();
  await expect.poll(() => replay.getAttribute('aria-pressed')).toBe('false');

  await calls.getByRole('button', { name: 'Clear calls' }).click();
  await expect.poll(async () => (await texts()).length).toBe(0);
  const pause = calls.getByRole('button', { name: 'Pause' });
  await pause.click();
  await expect.poll(() => pause.getAttribute('aria-pressed')).toBe('true');
  await runAndShow();
  expect(await call(page, 'go')).not.toContain(random);
  expect(await texts()).toEqual([]);
  await pause.click();
});

test('a million calls are recorded in a list that is bounded and can be gone through', async () => {
  await open(`(module (import "env" "f" (func $f (param i32)))
    (func (export "go") (local $i i32)
      (loop $l (call $f (local.get $i))
        (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 1000000))))))`);
  await provide('env.f', 'Return a value');
  await runAndShow();
  await call(page, 'go');
  await show('Calls');
  const table = calls.getByRole('table', { name: 'Host calls' });
  await expect.poll(() => table.getByRole('row').last().innerText()).toMatch(/1000000[\s\S]*env\.f\s+999999/);
  expect(await table.getAttribute('aria-rowcount')).toBe('10001');
  expect(await table.getByRole('row').count()).toBeLessThan(200);
  expect(await calls.getByRole('status', { name: 'Calls state' }).innerText()).toMatch(
    /1,000,000 calls.*990,000 are gone/,
  );
});

test('an import object is saved as a file and opened again, and one that does not fit is refused', async () => {
  await open(CALL('(result i32)'));
  await provide('env.f', 'Return a value');
  await field('Result (i32) of env.f').fill('77');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    imports.getByRole('button', { name: 'Save imports' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/\.imports\.json$/);
  const buffer = await readFile(await file.path());
  expect(JSON.parse(buffer.toString())).toMatchObject({ schema: 1, provisions: [{ module: 'env', name: 'f' }] });

  await open(CALL('(result i32)'));
  const chosen = { name: 'f.imports.json', mimeType: 'application/json', buffer };
  await imports.getByLabel('Imports file').setInputFiles(chosen);
  await expect.poll(() => field('Result (i32) of env.f').inputValue()).toBe('77');
  await runAndShow();
  expect(await call(page, 'go')).toContain('77');

  await open('(module (import "env" "f" (memory 1)))');
  await provider('env.f').waitFor();
  await imports.getByLabel('Imports file').setInputFiles(chosen);
  await expect.poll(() => imports.getByRole('alert').innerText()).toContain('env.f');
  await page.getByRole('tab', { name: 'Imports 1', exact: true }).waitFor();
});

/** Drops files on the page, as from another program. */
const drop = (...files: { name: string; text: string }[]) =>
  page.evaluate((files) => {
    const dataTransfer = new DataTransfer();
    for (const { name, text } of files) dataTransfer.items.add(new File([text], name));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, files);

test('an import object that is dropped is taken into the tab, or says why it is not for this module', async () => {
  const object = (result: string) => ({
    name: 'f.imports.json',
    text: JSON.stringify({
      schema: 1,
      provisions: [{ module: 'env', name: 'f', provider: { provide: 'value', results: [result] } }],
    }),
  });
  await open(CALL('(result i32)'));
  const before = await tabs().count();
  await show('Exports');
  await drop(object('78'));
  // The panel comes to the front, and no tab is opened.
  await expect.poll(() => field('Result (i32) of env.f').inputValue()).toBe('78');
  expect(await tabs().count()).toBe(before);
  await runAndShow();
  expect(await call(page, 'go')).toContain('78');
  await open('(module (import "env" "f" (memory 1)))');
  await provider('env.f').waitFor();
  await drop(object('78'));
  await expect.poll(() => imports.getByRole('alert').innerText()).toContain('env.f');
  await drop({ name: 'f.imports.json', text: '{' });
  await expect.poll(() => imports.getByRole('alert').innerText()).not.toContain('env.f');
  // A module and its import object together: the object is for the module.
  await drop(object('79'), { name: 'both.wat', text: CALL('(result i32)') });
  await tabs().filter({ hasText: /both/ }).first().waitFor();
  await expect.poll(() => field('Result (i32) of env.f').inputValue()).toBe('79');
});

test('the import object is copied as a program in each language', async () => {
  await open(CALL('(result i32)'));
  await provide('env.f', 'Return a value');
  const WORDS = { JavaScript: 'WebAssembly.instantiate', Rust: 'wasmer', Python: 'ImportObject', C: 'wasm.h' };
  for (const [language, word] of Object.entries(WORDS)) {
    await imports.getByRole('button', { name: 'Copy as' }).click();
    const item = page
      .getByRole('list', { name: 'Languages' })
      .getByRole('button', { name: new RegExp(`^${language}`) });
    await item.click();
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(copied).toContain(word);
    if (await item.isVisible()) await page.keyboard.press('Escape');
  }
});

test('what is provided is kept with the tab, also what the module does not ask for any more', async () => {
  await open(CALL('(result i32)'));
  await provide('env.f', 'Return a value');
  await field('Result (i32) of env.f').fill('5');
  await write(page, '(module)');
  const unused = imports.getByRole('region', { name: 'Not asked for' });
  await unused.getByText('env.f').waitFor();
  await write(page, CALL('(result i32)'));
  await expect.poll(() => field('Result (i32) of env.f').inputValue()).toBe('5');
  const other = await workshop.open();
  await other.getByRole('tablist', { name: 'Open tabs' }).getByRole('tab').last().click();
  await other.getByRole('tab', { name: /^Imports/ }).click();
  const kept = other.getByRole('region', { name: 'Imports' }).getByRole('textbox', { name: 'Result (i32) of env.f' });
  await expect.poll(() => kept.inputValue()).toBe('5');
});
