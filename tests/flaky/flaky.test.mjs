// A test that needed a second try is reported, and three of them fail the run: over the real
// vitest, with a tiny suite.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const folder = mkdtempSync(join(tmpdir(), 'watshop-flaky-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function runOver(stages, env = {}) {
  const { NODE_TEST_CONTEXT: _, ...outer } = process.env;
  const script = join(import.meta.dirname, 'suite', 'run.mjs');
  const { status, stdout, stderr } = spawnSync(
    'node',
    [script, join(folder, 'flaky.jsonl'), ...stages],
    {
      encoding: 'utf8',
      env: { ...outer, NO_COLOR: '1', ...env },
    },
  );
  const [before, list = ''] = stdout.split('── flaky ──');
  return { status, before, list, stderr };
}

test('a test that failed once is listed with its message and what the page showed, and the run passes', () => {
  const { status, before, list } = runOver(['page']);
  assert.equal(status, 0, before);
  assert.match(before, /The end was reached/);
  assert.match(list, /tests\/flaky\/suite\/page\/two\.test\.ts > first\n.*expected 1 to be 2/);
  assert.match(list, /two\.test\.ts > second\n/);
  assert.match(list, /at tests\/flaky\/suite\/page\/two\.test\.ts:\d+:\d+/);
  assert.equal(list.match(/try 1 of a page/g)?.length, 2);
  assert.doesNotMatch(list, /try 2 of a page|> passes/);
});

test('three flaky tests fail the run, counted over page and window together', () => {
  const { status, before, list, stderr } = runOver(['page', 'window']);
  assert.equal(status, 1, before);
  for (const name of ['first', 'second', 'third'])
    assert.match(list, new RegExp(`\\.test\\.ts > ${name}\n`));
  assert.match(stderr, /3 flaky tests are too many/);
});

test('they are listed also if a later stage fails, and what never passes fails the run', () => {
  const later = runOver(['page', 'fail']);
  assert.equal(later.status, 1);
  assert.match(later.list, /> first\n/);
  const never = runOver(['window'], { FIXTURE_FAILS: '1' });
  assert.equal(never.status, 1);
  assert.match(never.list, /> third\n/);
  assert.doesNotMatch(never.list, /> never/);
});

test('nothing of an earlier run is counted', () => {
  const { status, list } = runOver(['window']);
  assert.equal(status, 0);
  assert.doesNotMatch(list, /first|second/);
});
