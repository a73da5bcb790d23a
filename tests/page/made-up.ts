// The page in the made-up language: a walk over all of it, and what it finds there.

import type { Page } from 'playwright-core';
import { PANELS } from '../../ui/src/values/panels.ts';

/** A module with an export of each kind, a start function, a trap, imports, and a program of WASI. */
export const MODULE = `(module
  (import "env" "zz_first" (func $zz_first (param i32) (result i32)))
  (import "env" "zz_second" (global i32))
  (import "wasi_snapshot_preview1" "proc_exit" (func (param i32)))
  (memory (export "zz_memory") 1 4) (data $zz_data (i32.const 64) "xyz")
  (table (export "zz_table") 2 9 funcref) (elem (i32.const 0) $zz_div)
  (global (export "zz_global") (mut i64) (i64.const 7))
  (func $zz_start) (start $zz_start)
  (func $zz_div (export "zz_div") (param i32 i32) (result i32)
    (i32.div_s (local.get 0) (local.get 1))))`;

/** Texts that cannot be read, are not valid, are refused, cannot be instantiated, or trap. */
export const FAULTS = [
  '(module (func (i32.ad)))',
  '(module (func (result i32) (i64.const 1)))',
  '(module (func (call $zz_none)))',
  '(module (memory i64 1) (func (export "f") (result i32) (i32.load (i64.const 4))))',
  '(module (memory 65536))',
  '(module (import "env" "zz_memory" (memory 1)))',
  '(module (memory 1) (data (i32.const 65536) "x"))',
  '(module (func $zz_start (unreachable)) (start $zz_start))',
];

/** Names that are the same in every language, besides those of the module above. */
export const NAMES = [
  'Watshop Wasmer WASI WASIX WAT Wasm WebAssembly Singlepass Cranelift LLVM JIT SIMD SSE AVX Landlock seccomp TCP BLAKE3',
  'JavaScript Rust Python Node BigInt LEB128 UTF UTC CPU CPUs ABI API API. KiB MiB GiB TiB MB ns ms px Wasmer’s',
  'baseline host none avx sse add_one add_one.wat untitled.wat',
  'Ctrl Alt Shift Enter Escape Tab Cmd Delete Backspace Space Home End PageUp PageDown ContextMenu Mod Esc',
  'start snapshot wasi_unstable preview1 wasi_snapshot_preview1 proc_exit env const multi_value funcref externref exnref null extern',
  'SVG PNG CSV wat wasm wshop wasmu tar zst imports json so dll obj zstd npm run build runners serve allow-dir NAME HOST',
].flatMap((line) => line.split(' '));

/** Text of the page that people see or hear and that has letters without accents. */
export function plainText(names: string[]): string[] {
  const same = new Set(names);
  const found = new Set<string>();
  const look = (text: string | null, where: string) => {
    const left = (text ?? '').replace(
      /\`[^\`]*\`|\bAdd one\b|\b\d+ [A-Z][a-z]{2} \d{4}\b|\b(Ctrl|Alt|Shift)\+\S+|\b0x[0-9a-f]+|\bzz_\w+|\b[ifv](8|16|32|64|128)(x\d+)?\b|\bu(8|16|32|64)\b/g,
      ' ',
    );
    // A letter with an accent is no end of a word.
    const words = left.match(/(?<![\p{L}\p{M}])[A-Za-z][A-Za-z0-9_.’-]*(?![\p{L}\p{M}])/gu) ?? [];
    if (
      words.some(
        (word) => word.length > 1 && !/\d/.test(word) && !same.has(word.replace(/[.’-]+$/, '')),
      )
    )
      found.add(`${where}: ${(text ?? '').trim().replace(/\s+/g, ' ')}`);
  };
  // What comes from elsewhere: text of the guest, of a person, of the workbench in English, and names.
  const foreign =
    'code, kbd, pre, q, .mono, .cm-content, .cm-gutters, .xterm, [lang="en"]:not(html), [translate="no"], script, style, noscript';
  const labels = [
    'aria-label',
    'title',
    'placeholder',
    'aria-valuetext',
    'aria-roledescription',
    'alt',
  ];
  for (const element of document.body.querySelectorAll('*')) {
    const part = element.closest('[data-part], dialog, [role=dialog]');
    const where = part?.getAttribute('data-part') ?? part?.className ?? 'page';
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.closest(foreign)) continue;
    for (const label of labels) look(element.getAttribute(label), `${where} [${label}]`);
    for (const child of element.childNodes)
      if (child.nodeType === Node.TEXT_NODE) look(child.textContent, where);
  }
  return [...found];
}

/** Text that is cut: wider than the element that hides its end. */
export function cutText(): string[] {
  return [
    ...document.body.querySelectorAll<HTMLElement>(
      'button, label, legend, h1, h2, h3, p, dt, th, .label, .dv-tab',
    ),
  ]
    .filter(
      (element) =>
        element.checkVisibility({ visibilityProperty: true }) &&
        !element.closest('.hidden, [lang="en"]:not(html), .mono, .cm-editor'),
    )
    .filter(
      (element) =>
        element.clientWidth > 1 &&
        /hidden|clip/.test(getComputedStyle(element).overflowX) &&
        element.scrollWidth > element.clientWidth + 1,
    )
    .map(
      (element) =>
        `${element.tagName} ${element.className}: ${element.textContent.trim().slice(0, 60)}`,
    );
}

/** Walks over all panels, menus and dialogs in the layout Engineer and calls back at each. */
export async function everywhere(page: Page, at: (name: string) => Promise<void>): Promise<void> {
  await page.keyboard.press('Alt+Shift+4');
  const tabs = page.locator('.dv-tab');
  await tabs.nth(Object.keys(PANELS).length - 1).waitFor();
  const showAll = async (when: string) => {
    for (const tab of await tabs.all()) {
      if (!(await tab.isVisible())) continue;
      await tab.click();
      await at(`${await tab.innerText()} ${when}`);
    }
  };
  await showAll('at first');
  const dialog = page.locator('dialog[open], [role="dialog"]').first();
  // The tour is offered until something has run.
  await page.locator('[data-part="status"] .work button').click();
  for (let step = 1; step <= 6; step++) {
    await dialog
      .locator('.help')
      .first()
      .filter({ hasText: `${step}` })
      .waitFor();
    await at(`step ${step} of the tour`);
    await dialog.locator('.button.primary').click();
  }
  await dialog.waitFor({ state: 'hidden' });
  await page.keyboard.press('Alt+Shift+i');
  await page.keyboard.press('Control+Enter');
  await page.keyboard.press('Alt+o');
  await page.locator('[data-part="exports"] li').first().waitFor();
  await showAll('after Run');
  await page.locator('[data-part="toolbar"] .end > button').click();
  const menu = page.locator('[data-part="toolbar"] .menu:popover-open');
  await menu.waitFor();
  await at('downloads');
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'hidden' });
  for (const key of ['Control+k', 'Control+,', 'Alt+0', '?']) {
    await page.locator('[data-part="tabs"]').focus();
    await page.keyboard.press(key);
    await dialog.waitFor();
    await at(`dialog ${key}`);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  }
  const places = [
    '[data-part="tabs"] [role="tab"]',
    '[data-part="exports"] li',
    '[data-part="imports"] li',
    '.cm-content',
  ];
  for (const place of places) {
    const element = page.locator(`${place}:visible`).first();
    if ((await element.count()) === 0) continue;
    await element.click({ button: 'right' });
    await page.locator('[role="menu"]').first().waitFor();
    await at(`menu of ${place}`);
    await page.keyboard.press('Escape');
  }
}
