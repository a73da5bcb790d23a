// `npm run soak -- 30`: random attacks on all processes for so many minutes. It prints its seed, and
// `npm run soak -- 30 --seed N` runs the same attacks again. tests/soak has them.

import { cargoFlags, run } from './steps.mjs';

run('node', ['scripts/setup.mjs', '--test']);
run('node', ['scripts/build.mjs']);
const words = process.argv.slice(2);
run('cargo', ['bench', '--workspace', '--bench', 'soak', ...cargoFlags(), '--', ...words]);
