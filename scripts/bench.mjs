// `npm run bench`: tables that compare Watshop with Wasmer's own API in the same run, and the page's
// figures. `npm run bench -- quick` takes one round of what takes minutes.

import { cargoFeatures, run } from './steps.mjs';

run('node', ['scripts/setup.mjs', '--test']);
run('node', ['scripts/build.mjs']);
const features = cargoFeatures();
const bench = features.length > 0 ? 'watshop-bench/direct,watshop-bench/llvm' : 'watshop-bench/direct';
run('cargo', [
  'bench',
  '--workspace',
  '--bench',
  'beside_wasmer',
  ...features,
  '--features',
  bench,
  '--',
  ...process.argv.slice(2),
]);
run('node', ['tests/bench/page.mjs']);
run('node', ['tests/bench/plot.mjs']);
