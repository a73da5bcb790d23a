// Builds the page and the release executables, and with `--runners` also headless runners for other
// CPUs. Parts without a change are not built again. `--first SHELL` builds only one shell, the
// runner and Singlepass.

import { join } from 'node:path';
import { ANY_RUST, ROOT, cargoFlags, fail, run, tryRun, whenChanged } from './steps.mjs';

const [first, shell] = process.argv.slice(2);

buildPage();
if (first === '--first') buildFirst(shell);
else build(['--bins', ...cargoFlags()]);
if (process.argv.includes('--runners')) run('node', ['scripts/build-runners.mjs']);

/**
 * Builds a shell and what it needs to run a module: half of the work of all. The crates that it
 * shares with the rest are not built again.
 */
function buildFirst(shell) {
  const programs = [shell, 'watshop-runner', 'watshop-compiler-singlepass'];
  const window = shell === 'watshop-window' ? ['--features', 'watshop-window/default'] : [];
  const wanted = programs.flatMap((program) => ['--bin', program]);
  build(['--no-default-features', ...window, ...ANY_RUST, ...wanted]);
}

function build(args) {
  if (tryRun('cargo', ['build', '--release', '--workspace', ...args])) return;
  fail(
    'The executables could not be built; cargo says why above. If it was cut off, or had no network or no space, ' +
      'run this again: it goes on where it was.',
  );
}

function buildPage() {
  run('node', ['scripts/build-plot.mjs']);
  const inputs = [
    'ui',
    'docs',
    'SECURITY.md',
    'package.json',
    'package-lock.json',
    'scripts/build-plot.mjs',
  ];
  whenChanged('page', inputs, join(ROOT, 'ui', 'dist', 'index.html'), () =>
    run('npm', ['run', 'ui:build']),
  );
}
