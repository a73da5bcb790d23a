// The panel Imports of each test's page, and what a person does there.

import { type Locator, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { Workshop, newTab, run, show as showIn } from './workshop';

export const workshop = new Workshop();
export let page: Page;
export let imports: Locator;
export let calls: Locator;

/** Opens the page on the workbench of the test. */
export async function begin(): Promise<void> {
  page = await workshop.open({ permissions: ['clipboard-read', 'clipboard-write'] });
  imports = page.getByRole('region', { name: 'Imports' });
  calls = page.getByRole('region', { name: 'Calls' });
}

/** Brings a panel to the front. */
export const show = (panel: string) => showIn(page, panel);
export const provider = (of: string) =>
  imports.getByRole('combobox', { name: `Provider of ${of}` });
export const field = (name: string) => imports.getByRole('textbox', { name, exact: true });
export const number = (name: string) => imports.getByRole('spinbutton', { name, exact: true });
export const choice = (name: string) => imports.getByRole('combobox', { name, exact: true });
export const tabs = () => page.getByRole('tablist', { name: 'Open tabs' }).getByRole('tab');

/** A new tab with this text, and the panel Imports in front. */
export async function open(text: string): Promise<void> {
  await newTab(page, text);
  await show('Imports');
}

/** Chooses who provides an import: one that fits. */
export async function provide(of: string, kind: string): Promise<void> {
  // What can be chosen is asked for when the row is seen.
  await provider(of).scrollIntoViewIfNeeded();
  await provider(of).selectOption({ label: kind });
  await expect.poll(() => provider(of).getAttribute('aria-invalid')).toBeNull();
}

/** Runs the tab and goes on with the exports. */
export async function runAndShow(): Promise<void> {
  await run(page);
  await show('Exports');
}

/** Why the last Run failed. */
export async function failure(): Promise<string> {
  await run(page);
  return page.getByRole('region', { name: 'Problems' }).innerText();
}

/** A module that imports `env.f` of this type and calls it by `go`. */
export const CALL = (type: string, rest = '') =>
  `(module (import "env" "f" (func $f ${type})) (func (export "go") ${type} ${rest} (call $f)))`;
