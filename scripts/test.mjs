// `npm test`: everything that CI does, fast checks first. `npm test -- unit page` runs only those
// stages.

import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { addFlaky, gatherFlaky, tooManyFlaky } from './flaky.mjs';
import { ROOT, cargoFlags, fail, run, runTogether, tryRun, which } from './steps.mjs';

const tools = join(ROOT, 'target', 'tools', 'bin');
process.env.PATH = `${process.env.PATH}:${tools}`;
// The graph is a workspace of its own: it is compiled for the page, and for this machine to be
// tested.
const plot = [
  '--manifest-path',
  'ui/plot/Cargo.toml',
  '--target-dir',
  'target/plot',
  '--workspace',
];
const PRETTIER_SEEN = join('target', 'prettier.json');
const workspace = ['--release', '--workspace', ...cargoFlags()];

const STAGES = {
  async setup() {
    run('node', ['scripts/setup.mjs', '--test']);
  },
  async format() {
    // Files whose content it has seen are not read again, by a clean clone with a kept target folder
    // too.
    const seen = ['--cache', '--cache-strategy', 'content', '--cache-location', PRETTIER_SEEN];
    await runTogether([
      ['npx', 'prettier', '--check', ...seen, '--log-level', 'warn', '.'],
      ['cargo', 'fmt', '--all', '--check'],
      ['cargo', 'fmt', '--manifest-path', 'ui/plot/Cargo.toml', '--all', '--check'],
    ]);
  },
  async rooms() {
    await runTogether([
      ['node', 'scripts/rooms.mjs'],
      // Advisories need a database that is downloaded; licences, bans and sources do not.
      ['cargo', 'deny', '--log-level', 'error', 'check', 'bans', 'licenses', 'sources'],
    ]);
  },
  async lint() {
    // Those that take longest come first.
    await runTogether([
      ['npm', 'run', '--silent', 'ui:lint'],
      ['npm', 'run', '--silent', 'ui:check'],
      ['npx', 'tsc', '--project', 'tests'],
      // Exports, files and dependencies that nothing uses (knip.json).
      ['npx', 'knip'],
      ['node', 'scripts/voice.mjs'],
      ['node', 'scripts/sentences.mjs', '--check'],
    ]);
  },
  async build() {
    run('node', ['scripts/build.mjs']);
  },
  async clippy() {
    // Clippy checks types only. In the release profile it finds macros and build scripts built.
    run('cargo', ['clippy', ...workspace, '--all-targets', '--', '-D', 'warnings']);
    run('cargo', ['clippy', ...plot, '--all-targets', '--', '-D', 'warnings']);
    // The documentation too, and with it its links: clippy has checked all that it needs.
    run('cargo', ['doc', ...workspace, '--no-deps', '--document-private-items'], {
      env: { ...process.env, RUSTDOCFLAGS: '-D warnings' },
    });
  },
  async unit() {
    run('npm', ['run', '--silent', 'ui:test']);
    run('node', [
      '--test',
      'tests/flaky/flaky.test.mjs',
      'tests/rooms/rooms.test.mjs',
      'tests/setup/setup.test.mjs',
    ]);
    run('cargo', ['test', ...plot]);
    run('cargo', ['test', ...workspace, '--doc']);
  },
  async rust() {
    // Many tests wait for processes and time limits: with one more at a time no core idles.
    const threads = ['--test-threads', String(availableParallelism() + 1)];
    run('cargo', ['nextest', 'run', ...workspace, '--no-fail-fast', ...threads]);
  },
  async page() {
    run('npx', ['vitest', 'run', '--config', 'tests/vitest.config.ts']);
  },
  async window() {
    if (!existsSync('/usr/bin/WebKitWebDriver') && !which('WebKitWebDriver'))
      fail('WebKitWebDriver is missing.');
    run('npx', ['vitest', 'run', '--config', 'tests/window.config.ts']);
  },
  async soak() {
    // Always the same attacks, so that a failure can be repeated: a seed of each day's own is for
    // `npm run soak`.
    const attacks = ['1', '--seed', '21'];
    const soak = ['bench', '--workspace', '--bench', 'soak', ...cargoFlags(), '--', ...attacks];
    if (tryRun('cargo', soak)) return;
    // It promises that text is on the disk half a second after it was typed, which a machine that is
    // busy with its disk may break once.
    run('cargo', soak);
    addFlaky('the soak', ['It broke a promise; the lines that begin with "soak:" tell which.']);
  },
  async bench() {
    run('node', ['scripts/bench.mjs', 'moment']);
  },
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in STAGES));
if (unknown.length > 0)
  fail(`There is no stage ${unknown.join(', ')}; there are ${Object.keys(STAGES).join(', ')}.`);

gatherFlaky(join(ROOT, 'target', 'flaky.jsonl'));
const times = [];
for (const [name, stage] of Object.entries(STAGES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n── ${name} ──`);
  const began = Date.now();
  await stage();
  times.push(`${name} ${Math.round((Date.now() - began) / 1000)} s`);
}
console.log(
  `\n${tooManyFlaky() ? 'Times of the stages' : 'All stages passed'}: ${times.join(', ')}.`,
);
