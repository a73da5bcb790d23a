// Builds the page and the release executables, and with `--runners` also headless runners for other
// CPUs. Parts without a change are not built again.

import { join } from 'node:path';
import { ROOT, cargoFlags, run, whenChanged } from './steps.mjs';

buildPage();
run('cargo', ['build', '--release', '--workspace', '--bins', ...cargoFlags()]);
if (process.argv.includes('--runners')) run('node', ['scripts/build-runners.mjs']);

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
