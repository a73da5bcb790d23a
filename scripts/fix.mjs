// `npm run fix`: formatting, lints with automatic fixes, and the generated TypeScript.

import { run, cargoFlags } from './steps.mjs';

run('node', ['scripts/types.mjs']);
run('node', ['scripts/sentences.mjs']);
run('cargo', ['fmt', '--all']);
run('cargo', ['fmt', '--manifest-path', 'ui/plot/Cargo.toml', '--all']);
run('cargo', [
  'clippy',
  '--workspace',
  '--all-targets',
  '--fix',
  '--allow-dirty',
  '--allow-staged',
  ...cargoFlags(),
]);
run('npm', ['run', '--silent', 'ui:lint', '--', '--fix']);
run('npx', ['prettier', '--write', '--log-level', 'warn', '.']);
