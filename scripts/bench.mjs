// `npm run bench`: tables that compare Watshop with Wasmer's own API in the same run, and the page's
// figures. `npm run bench -- quick` takes one round of what takes minutes; `npm run bench -- artifacts` runs one
// section (program, small, guest, cold, artifacts, host, page, plot, memory, window), `npm run bench -- program singlepass` for one
// compiler.

import { cargoFlags, llvmPrefix, run } from './steps.mjs';

run('node', ['scripts/setup.mjs', '--test']);
run('node', ['scripts/build.mjs']);
const bench = llvmPrefix() ? 'watshop-bench/direct,watshop-bench/llvm' : 'watshop-bench/direct';
const words = process.argv.slice(2);
const wanted = (section) => words.every((word) => word === 'quick') || words.includes(section);
const beside = words.filter((word) => !['page', 'plot', 'memory', 'window'].includes(word));
if (words.length === 0 || beside.length > 0)
  run('cargo', [
    'bench',
    '--workspace',
    '--bench',
    'beside_wasmer',
    ...cargoFlags(),
    '--features',
    bench,
    '--',
    ...beside,
  ]);
if (wanted('page')) run('node', ['tests/bench/page.mjs']);
if (wanted('plot')) run('node', ['tests/bench/plot.mjs']);
if (wanted('memory')) run('node', ['tests/bench/memory.mjs']);
if (wanted('window')) run('node', ['tests/bench/window.mjs']);
