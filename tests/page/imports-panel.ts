// The panel Imports of each test's page, and a person's actions in it.

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
  calls = page.getByRole('region', { name: 'Calls', exact: true });
}

/** Brings a panel to the front. */
export const show = (panel: string) => showIn(page, panel);
export const provider = (of: string) =>
  imports.getByRole('combobox', { name: `Provider of ${of}` });
export const field = (name: string) => imports.getByRole('textbox', { name, exact: true });
export const number = (name: string) => imports.getByRole('spinbutton', { name, exact: true });
export const choice = (name: string) => imports.getByRole('combobox', { name, exact: true });
export const tabs = () => page.getByRole('tablist', { name: 'Open tabs' }).getByRole('tab');

/** Opens a new tab with this text, and brings the panel Imports to the front. */
export async function open(text: string): Promise<void> {
  await newTab(page, text);
  await show('Imports');
}

/** Chooses a provider that fits for an import. */
export async function provide(of: string, kind: string): Promise<void> {
  // The offers are requested when the row is seen.
  await provider(of).scrollIntoViewIfNeeded();
  await provider(of).selectOption({ label: kind });
  await expect.poll(() => provider(of).getAttribute('aria-invalid')).toBeNull();
}

/** Runs the tab and brings the exports to the front. */
export async function runAndShow(): Promise<void> {
  await run(page);
  await show('Exports');
}

/** Runs the tab and returns the text of its problems. */
export async function failure(): Promise<string> {
  await run(page);
  return page.getByRole('region', { name: 'Problems' }).innerText();
}

/** A module that imports `env.f` of this type and calls it by `go`. */
export const CALL = (type: string, rest = '') =>
  `(module (import "env" "f" (func $f ${type})) (func (export "go") ${type} ${rest} (call $f)))`;
