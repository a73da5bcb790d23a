// `npm run bench`: tables that compare Watshop with Wasmer's own API in the same run, and the
// page's figures. `npm run bench -- quick` takes one round of the long sections. `-- moment` runs
// everything with small inputs, to see that it still works (`npm test` does this). `npm run bench
// -- artifacts` runs one section (program, small, guest, cold, artifacts, native, host, call, page, feel, plot,
// memory, race, counts, window, growth, history, wasi), `npm run bench -- program singlepass` runs it for one
// compiler.

import { addFlaky } from './flaky.mjs';
import { cargoFlags, fail, llvmPrefix, run, tryRun } from './steps.mjs';

run('node', ['scripts/setup.mjs', '--test']);
run('node', ['scripts/build.mjs']);
const words = process.argv.slice(2);
const moment = words.includes('moment');
const OF_PAGE = [
  'page',
  'feel',
  'plot',
  'memory',
  'race',
  'counts',
  'window',
  'growth',
  'history',
  'wasi',
  'wasi-programs',
];
const sections = words.filter((word) => word !== 'quick' && word !== 'moment');
// What WASI costs is two programs of one section.
const wanted = (section) =>
  sections.length === 0 ||
  sections.some((named) => section === named || section.startsWith(`${named}-`));

const beside = words.filter((word) => !OF_PAGE.includes(word));
// Wasmer's own way from module to code needs features for which all of Wasmer would be built once
// more. So `moment` takes another way, without LLVM.
const direct = llvmPrefix() ? 'watshop-bench/direct,watshop-bench/llvm' : 'watshop-bench/direct';
const features = [...cargoFlags(), ...(moment ? [] : ['--features', direct])];
if (sections.length === 0 || sections.some((section) => !OF_PAGE.includes(section)))
  run('cargo', ['bench', '--workspace', '--bench', 'beside_wasmer', ...features, '--', ...beside]);
for (const section of OF_PAGE.filter(wanted)) {
  const program = [`tests/bench/${section}.mjs`, ...(moment ? ['moment'] : [])];
  if (tryRun('node', program)) continue;
  if (!moment) fail(`Failed: node ${program.join(' ')}`);
  // `npm test` asks whether a section still works. It tries one twice, as it does with the page's tests.
  run('node', program);
  addFlaky(`the bench ${section}`, ['It failed; its lines in the stage bench tell why.']);
}
