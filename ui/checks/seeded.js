// Proves that svelte-check notices: it must refuse the one component that has a type error on purpose.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { status, stdout } = spawnSync(
  'npx',
  [
    'svelte-check',
    '--workspace',
    'ui/checks/seeded',
    '--tsconfig',
    './tsconfig.json',
    '--output',
    'machine',
  ],
  { cwd: root, encoding: 'utf8' },
);
const noticed = status !== 0 && /Seeded\.svelte.*string.*number/.test(stdout);
if (!noticed) {
  console.error(`svelte-check let a seeded type error pass:\n${stdout}`);
  process.exit(1);
}
console.log('svelte-check notices the seeded type error.');
