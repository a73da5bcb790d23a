// `npm run bench`: tables that compare Watshop with Wasmer's own API in the same run, and the page's
// figures. `npm run bench -- quick` takes one round of what takes minutes.

import { cargoFeatures, run } from './steps.mjs';

run('node', ['scripts/setup.mjs', '--test']);
run('node', ['scripts/build.mjs']);
const features = cargoFeatures();
const llvm = features.length > 0 ? ['--features', 'watshop-bench/llvm'] : [];
run('cargo', [
  'bench',
  '--workspace',
  '--bench',
  'beside_wasmer',
  ...features,
  ...llvm,
  '--',
  ...process.argv.slice(2),
]);
run('node', ['tests/bench/page.mjs']);
run('node', ['tests/bench/plot.mjs']);
