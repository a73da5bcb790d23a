// The check of the rooms finds circles of imports and forbidden imports of the page's rooms, over
// small trees of files.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { circles } from '../../scripts/circles.mjs';
import { ROOMS, brokenPageRules } from '../../scripts/page-rooms.mjs';
import { imports } from '../../scripts/rust-modules.mjs';

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
