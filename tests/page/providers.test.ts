// Every way to provide a function that a module imports.

import { beforeEach, expect, test } from 'vitest';
import {
  begin,
  page,
  imports,
  calls,
  show,
  field,
  choice,
  open,
  provide,
  runAndShow,
  failure,
  CALL,
} from './imports-panel';
import { call } from './workshop';

beforeEach(begin);

test('a function returns the values it is given', async () => {
  await open(CALL('(result i32 i64)'));
  await provide('env.f', 'Return a value');
  await field('Result 1 (i32) of env.f').fill('7');
  await field('Result 2 (i64) of env.f').fill('9007199254740993');
  await runAndShow();
  expect(await call(page, 'go')).toMatch(/7[\s\S]*9007199254740993/);
});

test('a value that is none is told at its field, and not kept', async () => {
  await open(CALL('(result i32)'));
  await provide('env.f', 'Return a value');
  await field('Result (i32) of env.f').fill('7');
  await field('Result (i32) of env.f').fill('4294967296');
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
  await expect
    .poll(() => page.getByRole('log', { name: 'Output' }).innerText())
    .toContain('x=0xff y=1.5');
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

const SUM = `(module
  (import "env" "sum" (func $sum (param i32 i64) (result i64 f64)))
  (memory (export "memory") 1)
  (func (export "go") (result i64 f64) (call $sum (i32.const 2) (i64.const 9007199254740993)))
  (func (export "peek") (result i32) (i32.load8_u (i32.const 3))))`;

test('JavaScript is called with Numbers and BigInts, and has the memory at hand', async () => {
  await open(SUM);
  await provide('env.sum', 'JavaScript');
  const script = async (text: string) => {
    await show('Imports');
    await field('JavaScript of env.sum').click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText(text);
    await runAndShow();
  };
  await script('(x, y) => { memory.u8(3, 42); return [y + BigInt(x), x / 4] }');
  expect(await call(page, 'go')).toMatch(/9007199254740995[\s\S]*0\.5/);
  expect(await call(page, 'peek')).toContain('42');
  await show('Calls');
  const row = calls
    .getByRole('table', { name: 'Host calls' })
    .locator('tbody tr[aria-rowindex]')
    .last();
  await expect.poll(() => row.innerText()).toContain('memory 0x3 +1');
  expect(await row.innerText()).not.toContain('perhaps more');
  // Through its own buffer, the function may have written anywhere: the record says so.
  await script('(x, y) => { new Uint8Array(memory.buffer)[3] = 43; return [y, x] }');
  await call(page, 'go');
  expect(await call(page, 'peek')).toContain('43');
  await show('Calls');
  await expect.poll(() => row.innerText()).toContain('memory: perhaps more');
});

test('JavaScript is coloured and its brackets close, as the language wants it', async () => {
  await open(SUM);
  await provide('env.sum', 'JavaScript');
  const editor = field('JavaScript of env.sum');
  await editor.fill('(a) => ');
  // The language is loaded with the first editor.
  await editor.press('Control+End');
  await page.keyboard.type('{ return "x');
  await expect.poll(() => editor.innerText()).toMatch(/\(a\) => \{ return "x" ?\}/);
  const coloured = async () => {
    const spans = editor.locator('.cm-line span');
    return spans.evaluateAll((all) =>
      Object.fromEntries(
        all.map((span) => [span.textContent?.trim(), getComputedStyle(span).color]),
      ),
    );
  };
  await expect
    .poll(async () => Object.keys(await coloured()))
    .toEqual(expect.arrayContaining(['return', '"x"']));
  const colours = await coloured();
  expect(colours['return']).not.toBe(colours['"x"']);
});

test('JavaScript that gives what it must not is an error that names the import', async () => {
  await open(SUM);
  await provide('env.sum', 'JavaScript');
  await field('JavaScript of env.sum').click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('() => 1');
  await runAndShow();
  expect(await call(page, 'go')).toContain('env.sum');
  await show('Imports');
  await field('JavaScript of env.sum').click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('(x, y => x');
  await expect
    .poll(async () => (await imports.innerText()) + (await failure()))
    .toContain('env.sum');
});

test('a mistake in JavaScript is told while one types, and its failure leads to it', async () => {
  await open(SUM);
  await provide('env.sum', 'JavaScript');
  const editor = field('JavaScript of env.sum');
  const mistake = imports.getByRole('status', { name: 'Mistake in env.sum' });
  await editor.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('(x, y) => {\n  console.log("got", x;\n}');
  await expect.poll(() => mistake.innerText()).toMatch(/^Line 2: .*;/);
  await imports.locator('.cm-lintRange-error').first().waitFor();
  const told = await failure();
  expect(told).toContain('env.sum');
  expect(told).not.toContain('A provider does not fit');
  const problems = page.getByRole('region', { name: 'Problems' });
  expect(await problems.getByRole('button', { name: /Provide all|Let unknown/ }).count()).toBe(0);
  await problems.getByRole('button', { name: 'Show Imports' }).click();
  await expect.poll(() => editor.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('(x, y) => x');
  await expect.poll(() => mistake.innerText()).toBe('');
});

test('a failure leads to its import even if that is one of many, and another one is searched', async () => {
  const functions = Array.from({ length: 250 }, (_, at) => `(import "env" "f${at}" (func))`);
  await open(`(module ${functions.join('\n')})`);
  await imports.getByRole('button', { name: 'Provide all' }).click();
  await imports.getByRole('status', { name: 'Imports state' }).getByText('all provided').waitFor();
  const search = imports.getByRole('searchbox', { name: 'Search imports' });
  await search.fill('f249');
  await provide('env.f249', 'JavaScript');
  const editor = field('JavaScript of env.f249');
  await editor.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('() => {');
  await search.fill('f1');
  await editor.waitFor({ state: 'hidden' });
  await failure();
  const problems = page.getByRole('region', { name: 'Problems' });
  await problems.getByRole('button', { name: 'Show Imports' }).click();
  await expect.poll(() => editor.evaluate((one) => one === document.activeElement)).toBe(true);
});
