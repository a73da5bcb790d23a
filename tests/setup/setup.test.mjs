// A machine that lacks something is told so in a sentence, with the next step. The scripts run in a
// folder of their own, with programs that fail as the real ones do.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { SPACE, nodeProblem, spaceProblem } from '../../scripts/needs.mjs';

const folders = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const SCRIPTS = join(import.meta.dirname, '..', '..', 'scripts');
const OK = 'exit 0';
/** Every package is installed. */
const DPKG = `for name in $(grep -oh "'[a-z0-9.-]*'" ${SCRIPTS}/setup.mjs | tr -d "'"); do echo "installed $name"; done`;
const RUSTUP = 'echo wasm32-unknown-unknown';

/** Runs the setup on a machine with only these programs, and returns its last words. */
function setUp(programs) {
  const folder = mkdtempSync(join(tmpdir(), 'watshop-setup-'));
  folders.push(folder);
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  cpSync(SCRIPTS, join(folder, 'scripts'), { recursive: true });
  writeFileSync(join(folder, 'package-lock.json'), '{}');
  for (const name of ['sh', 'grep', 'tr', 'id']) symlinkSync(`/bin/${name}`, join(bin, name));
  for (const [name, script] of Object.entries(programs))
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const { status, stderr } = spawnSync(process.execPath, [join(folder, 'scripts', 'setup.mjs')], {
    cwd: folder,
    env: { PATH: bin, HOME: folder },
    encoding: 'utf8',
  });
  assert.equal(status, 1);
  assert.doesNotMatch(stderr, /\n\s+at /, 'a sentence and no stack');
  return stderr.trim().split('\n').at(-1);
}

test('without Rust', () => {
  assert.match(setUp({}), /needs Rust: install rustup from https:\/\/rustup\.rs/);
});

test('with a rustup that cannot download', () => {
  const said = setUp({ cargo: 'exit 1', rustup: 'echo error: could not download >&2; exit 1' });
  assert.match(said, /could not be downloaded.*rustup toolchain install/);
});

test('without apt-get', () => {
  const said = setUp({ cargo: OK, rustup: RUSTUP, 'dpkg-query': OK });
  assert.match(said, /^These packages are missing and could not be installed: build-essential/);
});

test('with an apt-get that has no network', () => {
  const failing = { 'apt-get': 'exit 100', env: 'shift; exec "$@"', sudo: 'exec "$@"' };
  const said = setUp({ cargo: OK, rustup: RUSTUP, 'dpkg-query': OK, ...failing });
  assert.match(said, /^These packages are missing and could not be installed: build-essential/);
});

test('with an npm that has no network', () => {
  const said = setUp({ cargo: OK, rustup: RUSTUP, 'dpkg-query': DPKG, npm: 'exit 1' });
  assert.match(said, /package-lock\.json could not be installed.*network/);
});

test('with an old Node', () => {
  for (const version of ['18.20.4', '20.18.3']) assert.match(nodeProblem(version), /20\.19/);
  for (const version of ['20.19.0', '22.1.0']) assert.equal(nodeProblem(version), undefined);
});

test('without space', () => {
  assert.match(spaceProblem(2.5e9, '/here'), /needs about 6\.0 GB; \/here has 2\.5 GB free/);
  assert.equal(spaceProblem(SPACE, '/here'), undefined);
});
