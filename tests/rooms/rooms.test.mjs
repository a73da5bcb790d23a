// The check of the rooms finds circles of imports, forbidden imports of the page's rooms, and
// controls of the page that a crate names, over small trees of files.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { circles } from '../../scripts/circles.mjs';
import { controlsIn, namedControls } from '../../scripts/control-names.mjs';
import { ROOMS, brokenPageRules } from '../../scripts/page-rooms.mjs';
import { imports } from '../../scripts/rust-modules.mjs';
import { otherFeatures } from '../../scripts/same-features.mjs';

const folders = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function tree(files) {
  const folder = mkdtempSync(join(tmpdir(), 'watshop-rooms-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const found = (files) =>
  [...imports(tree(files))].flatMap(([parent, graph]) => circles(graph).map((c) => [parent, c]));

test('modules that import from one another are a circle, however they name each other', () => {
  for (const [b, c] of [
    ['use crate::a::A;', 'use crate::b::B;'],
    ['use super::a::A;', 'use super::{b::{B, other}};'],
    ['fn f() { crate::a::run() }', 'pub(crate) use crate::b::B as Other;'],
  ]) {
    const files = {
      'lib.rs': 'mod a; mod b; mod c;',
      'a.rs': 'use crate::c::C;',
      'b.rs': b,
      'c.rs': c,
    };
    assert.deepEqual(found(files), [['', ['a', 'b', 'c']]], `${b} ${c}`);
  }
});

test('what a parent hands on is of the module that has it', () => {
  const files = {
    'lib.rs': 'mod page;',
    'page.rs': 'mod a; mod b;\npub use a::A;\npub use b::{B, more};',
    'page/a.rs': 'use super::B;',
    'page/b.rs': 'use crate::page::A;',
  };
  assert.deepEqual(found(files), [['page', ['a', 'b']]]);
});

test('a parent and what is inside of it, tests, comments and other crates are no circle', () => {
  const files = {
    'lib.rs': 'mod a; mod b; pub use a::A;',
    'a.rs': 'mod inside;\nuse crate::b::B;\nuse inside::I;',
    'a/inside.rs': 'use super::A;\nuse crate::b::B;',
    'b.rs':
      '// use crate::a::A;\nuse std::a;\nconst TEXT: &str = "crate::a::A";\n#[cfg(test)]\nmod tests {\n use crate::a::A;\n}',
  };
  assert.deepEqual(found(files), []);
});

const README = Object.keys(ROOMS)
  .map((room) => `\`src/${room}\``)
  .join(' ');
/**
 * Returns the broken rules of these files, without those about entries of the table that such a
 * small page does not use.
 */
const broken = (files) =>
  brokenPageRules(tree(files), README).filter((rule) => !/need not allow it/.test(rule));

test('a room of the page imports from what its line of the table names, and from nothing else', () => {
  const text = "// A module.\n\nimport type { Tab } from '../state/tab.svelte.ts';\n";
  assert.deepEqual(broken({ 'panels/Some.svelte': text, 'chrome/some.ts': text }), []);
  assert.deepEqual(broken({ 'values/some.ts': text }), [
    'values/some.ts must not import from state.',
  ]);
  assert.deepEqual(broken({ 'values/some.ts': "// Late.\nawait import('../graph/x.ts');" }), [
    'values/some.ts must not import from graph.',
  ]);
  assert.match(broken({ 'elsewhere/some.ts': text })[0], /is in no room/);
});

test('elements, the dock and Tauri are known where the table says', () => {
  assert.match(
    broken({ 'state/some.ts': "// A.\nimport { EditorView } from '@codemirror/view';" })[0],
    /elements/,
  );
  assert.match(
    broken({ 'keys.ts': "// A.\nconst x = '__TAURI_INTERNALS__' in globalThis;" })[0],
    /window's own/,
  );
  assert.match(broken({ 'state/some.ts': '// A.\ndocument.querySelector("a");' })[0], /elements/);
  assert.match(
    broken({ 'values/some.ts': 'export const a = 1;' })[0],
    /does not begin with a sentence/,
  );
});

const LABELS = ['Imports', 'Memory', 'WASI', 'Run', 'Provide all', 'Stack, in KiB'];
const names = (text) => controlsIn(text, LABELS).map(({ name }) => name);

test('a sentence that names a control of the page is found by its words or its label', () => {
  for (const [sentence, name] of [
    ['Choose it in the panel Imports.', 'panel'],
    ['Press Run.', 'Press'],
    ["Raise it in the tab's settings.", "in the tab's settings"],
    ['Look at it in Memory.', 'Memory'],
    ['Look at it; **Run** makes a new one.', 'Run'],
    ['Raise Stack, in KiB.', 'Stack, in KiB'],
    ['Provide all of them.', 'Provide all'],
    ['The first line \\\n   is followed by Memory.', 'Memory'],
  ]) {
    assert.deepEqual(names(`fn f() { g("${sentence}") }`), [name], sentence);
    assert.deepEqual(names(`fn f() { g(r#"${sentence}"#) }`), [name], sentence);
  }
  assert.deepEqual(controlsIn('const A: &str = "a";\nconst B: &str = "Press it";', []), [
    { line: 2, name: 'Press' },
  ]);
});

test('words of the field, code in backticks, comments and tests name no control', () => {
  for (const text of [
    'g("Memory is full. The memory has 2 pages. It imports what it exports.")',
    'g("Write `call Memory` or `press`. The compression of WASI imports.")',
    'g(\'"\', "a", \'"\') // Press Run in the panel Imports.',
    '/// Press Run.\nfn f() {}\n/* "Press Run." */',
    '#[cfg(test)]\nmod tests {\n  fn f() { g("Press Run.") }\n}',
    'g("The run has ended. Runs are counted.")',
  ]) {
    assert.deepEqual(names(text), [], text);
  }
});

test('the labels are those that the page has', async () => {
  const root = tree({
    'ui/src/words/values/panels.ts': "export const words = { memory: 'Memory' };",
    'ui/src/words/values/controls.ts': "export const words = { a: 'Longest way' };",
    'crates/inner/src/lib.rs': 'g("Take the Longest way.");\ng("It is in Memory.");',
    'crates/inner/src/tests.rs': 'g("It is in Memory.");',
    'crates/shell/src/lib.rs': 'g("It is in Memory.");',
  });
  assert.deepEqual(await namedControls(root, ['inner']), [
    'crates/inner/src/lib.rs:1 names a control of the page: Longest way.',
    'crates/inner/src/lib.rs:2 names a control of the page: Memory.',
  ]);
});

test('a crate that tests build with one more feature is told, and one that only they use is not', () => {
  const programs = 'wast v1|wasm\nserde v1|derive\nserde v1|std (*)\nserde v1|derive (*)';
  const alone = 'proptest v1|std';
  const same = ['serde v1|std', 'serde v1|derive', 'wast v1|wasm'].join('\n');
  assert.deepEqual(otherFeatures(programs, `${same}\n${alone}`), []);
  const more = same.replace('|wasm', '|default,wasm');
  const told = 'wast v1 has the features [wasm] for programs, [default,wasm] for tests';
  assert.deepEqual(otherFeatures(programs, more), [told]);
});
