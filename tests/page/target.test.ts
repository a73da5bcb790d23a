// Code for another machine: choose the target by typing, build, see the result and why it does not
// run here, download it.

import { readFile } from 'node:fs/promises';
import { type Locator, type Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { COMPILERS, Workshop, call, newTab, run, show as showIn } from './workshop';

const ARM = 'aarch64-unknown-linux-gnu';
/** The number of AArch64 in an ELF header (e_machine, ELF for the Arm 64-bit Architecture, 5.3). */
const EM_AARCH64 = 183;
const SECRET = '(module (func $secret (export "f") (result i32) (i32.const 42)))';

const workshop = new Workshop();
let page: Page;
let target: Locator;
let triple: Locator;
let artifact: Locator;
/** The file for the next dialog that asks for one. */
let chosen: Buffer = Buffer.alloc(0);

beforeEach(async () => {
  page = await workshop.open();
  target = page.getByRole('region', { name: 'Target' });
  triple = target.getByRole('combobox', { name: 'Target triple' });
  artifact = page.getByRole('region', { name: 'Artifact' });
  page.on('filechooser', (chooser) => {
    void chooser.setFiles({
      name: 'foreign.wshop',
      mimeType: 'application/octet-stream',
      buffer: chosen,
    });
  });
  await show('Target');
});

const show = (panel: string) => showIn(page, panel);

/** Types a triple as a person would, and takes it with Enter. */
async function choose(text: string): Promise<void> {
  await triple.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

/** Returns the file that a button of the menu downloads. */
async function download(name: RegExp): Promise<{ name: string; bytes: Buffer }> {
  const button = page.getByRole('list', { name: 'Downloads' }).getByRole('button', { name });
  if (!(await button.isVisible()))
    await page.getByRole('button', { name: 'Download', exact: true }).click();
  const [file] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

const radio = (group: string, name: string) =>
  page.getByRole('radiogroup', { name: group }).getByRole('radio', { name, exact: true });

test('the target is this machine until another is chosen', async () => {
  expect(await triple.inputValue()).toBe('This machine');
  const table = target.getByRole('table', { name: 'Forms of code' });
  for (const compiler of COMPILERS) {
    expect(await table.getByRole('row', { name: compiler }).innerText()).toContain('available');
  }
  const boxes = target.getByRole('group', { name: 'CPU features' }).getByRole('checkbox');
  await expect.poll(() => boxes.count()).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
});

test('the list gets shorter while one types, and arrows go through it', async () => {
  await triple.click();
  await page.keyboard.press('ControlOrMeta+a');
  const options = page.getByRole('listbox', { name: 'Target triples' }).getByRole('option');
  const before = await options.count();
  expect(await options.first().innerText()).toContain('This machine');
  await page.keyboard.type('aarch64 linux');
  await expect.poll(() => options.count()).toBeLessThan(before);
  await page.keyboard.press('ArrowDown');
  const active = await triple.getAttribute('aria-activedescendant');
  expect(await page.locator(`[id="${active}"]`).innerText()).toContain('aarch64');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  expect(await triple.inputValue()).toBe('This machine');
});

test('letters of several triples take the first of them, and a wrong triple has no downloads', async () => {
  await choose('aarch64');
  await expect.poll(() => triple.inputValue()).toMatch(/^aarch64-/);
  await page.getByRole('button', { name: 'Build', exact: true }).waitFor();
  await choose('pdp11');
  await expect.poll(() => triple.getAttribute('aria-invalid')).toBe('true');
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  const object = page
    .getByRole('list', { name: 'Downloads' })
    .getByRole('button', { name: /^Object file/ });
  await expect.poll(() => object.isDisabled()).toBe(true);
  expect(await object.innerText()).toContain('pdp11');
});

test('a CPU feature brings those below it, and goes with them', async () => {
  await choose('x86_64-pc-windows-msvc');
  const boxes = target.getByRole('group', { name: 'CPU features' });
  const box = (feature: string) =>
    boxes.getByRole('checkbox', { name: new RegExp(`^${feature}( |$)`) });
  await expect.poll(() => box('avx').isChecked()).toBe(false);
  await box('avx2').check();
  await expect.poll(() => box('avx').isChecked()).toBe(true);
  await box('sse4\\.1').click();
  await expect.poll(() => box('avx2').isChecked()).toBe(false);
  expect(await box('ssse3').isChecked()).toBe(true);
  expect(await box('sse2').isDisabled()).toBe(true);
  expect(await box('sse2').isChecked()).toBe(true);
});

test('a chosen triple makes Run a Build, and what cannot work cannot be chosen', async () => {
  await choose(ARM);
  await page.getByRole('button', { name: 'Build', exact: true }).waitFor();
  expect(await page.getByRole('group', { name: 'Run', exact: true }).innerText()).toContain(ARM);
  await expect.poll(() => radio('Engine', 'Native').isDisabled()).toBe(true);
  expect(await radio('Compiler', 'Singlepass').isEnabled()).toBe(true);
});

test('the menu says that a bundle has no runner before it is made', async () => {
  const menu = page.getByRole('list', { name: 'Downloads' });
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  const bundle = menu.getByRole('button', { name: /^Bundle/ });
  expect(await bundle.innerText()).toContain('with the runner');
  await page.keyboard.press('Escape');
  await choose('x86_64-pc-windows-gnu');
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  await expect.poll(() => bundle.innerText()).toMatch(/without a runner[\s\S]*--runners/);
});

test('Build shows the passport, and why it does not run here', async () => {
  await choose(ARM);
  await page.getByRole('button', { name: 'Build', exact: true }).click();
  await expect.poll(() => artifact.getByRole('status').innerText()).toContain(ARM);
  const passport = await artifact.innerText();
  expect(passport).toMatch(/Runs here\s+no\s+\S/);
  expect(passport).toContain('Cranelift');
  expect(passport).toMatch(/\b[0-9a-f]{64}\b/);
  expect(await artifact.getByRole('button', { name: 'Download sealed artifact' }).isEnabled()).toBe(
    true,
  );
});

test('the object file is ELF for AArch64, and its header names symbols', async () => {
  await choose(ARM);
  const object = await download(/^Object file/);
  expect(object.bytes.subarray(0, 4)).toEqual(Buffer.from('\x7fELF', 'latin1'));
  expect(object.bytes.readUInt16LE(18)).toBe(EM_AARCH64);
  const header = await download(/^C header/);
  expect(header.name).toMatch(/\.h$/);
  expect(header.bytes.toString()).toContain('#');
});

test('a sealed artifact for another machine opens, and says where it runs', async () => {
  await choose(ARM);
  chosen = (await download(/^Sealed artifact/)).bytes;
  await page.getByRole('button', { name: 'Open files' }).click();
  await page.getByRole('tab', { name: /foreign\.wshop/ }).waitFor();
  await show('Artifact');
  await expect.poll(() => artifact.innerText()).toMatch(/Runs here\s+no\s+\S/);
  expect(await artifact.innerText()).toContain(ARM);
});

test('what is no triple shows its error, and the setting stays', async () => {
  await choose(ARM);
  await choose('pdp11');
  await expect.poll(() => triple.getAttribute('aria-invalid')).toBe('true');
  const described = await triple.getAttribute('aria-describedby');
  expect(await page.locator(`[id="${described}"]`).innerText()).toContain('pdp11');
  expect(await page.getByRole('group', { name: 'Run', exact: true }).innerText()).toContain(ARM);
  await page.keyboard.press('Escape');
  expect(await triple.inputValue()).toBe(ARM);
});

test('a target that lacks the chosen engine takes the nearest that works, and says so', async () => {
  await radio('Engine', 'Native').click();
  await choose(ARM);
  await expect.poll(() => radio('Engine', 'JIT').isChecked()).toBe(true);
  await page.getByRole('status').filter({ hasText: 'is chosen' }).waitFor();
});

test('names are left out of a module where that is wanted', async () => {
  await newTab(page, SECRET);
  const whole = await download(/^Module/);
  expect(whole.bytes.includes('secret')).toBe(true);
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Leave out names' }).check();
  const bare = await download(/^Module/);
  expect(bare.bytes.includes('secret')).toBe(false);
  expect(bare.bytes.length).toBeLessThan(whole.bytes.length);
  const text = await download(/^Wasm text/);
  expect(text.bytes.toString()).toContain('i32.const 42');
});

test('code that is loaded has a passport, and its functions are listed by their size', async () => {
  await newTab(page, SECRET);
  await show('Exports');
  await run(page);
  expect(await call(page, 'f')).toContain('42');
  await show('Artifact');
  const sizes = artifact.getByRole('table', { name: 'Functions by code size' });
  await expect.poll(() => sizes.innerText()).toMatch(/secret[\s\S]*(bytes|KiB)/);
  expect(await artifact.innerText()).toMatch(/Runs here\s+yes/);
});
