// Machine code of another maker: it is shown, Watshop asks before it runs, and it runs in the
// sandbox.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { PROGRAMS, Workshop, call, run, show as showIn } from './workshop';

const MODULE =
  '(module (func $inc (export "inc") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1))))';

const workshop = new Workshop();
/** The data folder of the other maker. */
const elsewhere = mkdtempSync(join(tmpdir(), 'watshop-elsewhere-'));
let page: Page;
let artifact: Locator;
let trust: Locator;
let chosen = { name: '', mimeType: 'application/octet-stream', buffer: Buffer.alloc(0) };

beforeAll(() => writeFileSync(join(elsewhere, 'm.wat'), MODULE));
afterAll(() => rmSync(elsewhere, { recursive: true, force: true }));

beforeEach(async () => {
  page = await workshop.open();
  artifact = page.getByRole('region', { name: 'Artifact' });
  trust = artifact.getByRole('group', { name: 'Trust' });
  page.on('filechooser', (chooser) => void chooser.setFiles(chosen));
});

const show = (panel: string) => showIn(page, panel);

/** Opens a file that was made with the other data folder. */
async function open(name: string, ...options: string[]): Promise<void> {
  execFileSync(join(PROGRAMS, 'watshop'), ['compile', 'm.wat', '-o', name, ...options], {
    cwd: elsewhere,
    env: { ...process.env, WATSHOP_DATA_DIR: join(elsewhere, 'data') },
  });
  chosen = { ...chosen, name, buffer: readFileSync(join(elsewhere, name)) };
  await page.getByRole('button', { name: 'Open files' }).click();
  await page.getByRole('tab', { name }).waitFor();
}

test('a sealed artifact of another hand says so, and does not run before it is trusted', async () => {
  await open('theirs.wshop');
  await show('Artifact');
  await expect.poll(() => artifact.innerText()).toMatch(/Made by\s+unknown/);
  expect(await trust.innerText()).toContain('Native code');
  await show('Exports');
  await show('Timings');
  await run(page);
  await page
    .getByRole('region', { name: 'Problems' })
    .getByRole('group', { name: 'Trust' })
    .waitFor();
  expect(
    await page.getByRole('table', { name: 'Timings' }).locator('tbody tr').first().innerText(),
  ).toContain('untrusted artifact');
});

test('an artifact that cannot run here asks for no trust, and its failure counts once', async () => {
  await open('arm.wshop', '--target', 'aarch64-unknown-linux-gnu');
  const summary = page.getByRole('group', { name: 'Summary' });
  await summary.getByText('It does not run on this machine. Its code is for').waitFor();
  const problems = page.getByRole('tab', { name: /^Problems/ });
  await expect.poll(() => problems.innerText()).toMatch(/^Problems\s*1$/);
  await show('Timings');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('region', { name: 'Problems' }).getByText('Failed:').waitFor();
  expect(await problems.innerText()).toMatch(/^Problems\s*1$/);
  await show('Artifact');
  await artifact.getByText('Runs here').waitFor();
  expect(await page.getByRole('button', { name: 'Trust it and run' }).count()).toBe(0);
});

test('trusting it runs it, and the page says what stands between it and the machine', async () => {
  await open('theirs.wshop');
  await show('Artifact');
  await trust.getByRole('button', { name: 'Trust it and run' }).click();
  await trust.getByRole('button', { name: 'Stop trusting it' }).waitFor();
  await show('Exports');
  await show('Timings');
  expect(await call(page, 'inc', '41')).toContain('42');
  await show('Artifact');
  await expect
    .poll(() => artifact.getByRole('list', { name: 'Sandbox' }).innerText())
    .toContain('seccomp');
  expect(
    await artifact.getByRole('table', { name: 'Sections of the artifact' }).innerText(),
  ).toContain('functions');
});

test('a file of Wasmer’s own opens, with what its code tells of it', async () => {
  await open('theirs.so', '--format', 'shared');
  await show('Artifact');
  await expect.poll(() => artifact.innerText()).toMatch(/Compiler\s+unknown/);
  expect(await artifact.innerText()).toContain('x86_64');
  expect(
    await artifact.getByRole('table', { name: 'Sections of the artifact' }).innerText(),
  ).toContain('.text');
  await trust.getByRole('button', { name: 'Trust it and run' }).click();
  await trust.getByRole('button', { name: 'Stop trusting it' }).waitFor();
  await show('Exports');
  await show('Timings');
  expect(await call(page, 'inc', '1')).toContain('2');
});

test('code of another CPU is told by itself, and refused', async () => {
  await open('arm.wasmu', '--format', 'wasmer', '--target', 'aarch64-unknown-linux-gnu');
  await show('Artifact');
  await expect.poll(() => artifact.innerText()).toMatch(/Runs here\s+no\s+Its code is for aarch64/);
  const summary = page.getByRole('group', { name: 'Summary' });
  await summary.getByText('It does not run on this machine').waitFor();
  expect(await trust.count()).toBe(0);
});

test('a damaged module is told from one that is too large to be read', async () => {
  chosen = {
    name: 'damaged.wasm',
    mimeType: 'application/wasm',
    buffer: Buffer.from('\0asm\x01\0\0\0\x01\x7f\x01'),
  };
  await page.getByRole('button', { name: 'Open files' }).click();
  const summary = page.getByRole('group', { name: 'Summary' });
  await summary.getByText('This file is damaged').waitFor();
});

test('what Watshop weighs is shown, part by part', async () => {
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: 'Command' }).fill('sizes');
  await page.keyboard.press('Enter');
  const table = page.getByRole('dialog', { name: 'Sizes' }).getByRole('table');
  await expect
    .poll(() => table.innerText())
    .toMatch(/Runner[\s\S]*MB[\s\S]*Singlepass[\s\S]*Cranelift/);
  await page.keyboard.press('Escape');
});
