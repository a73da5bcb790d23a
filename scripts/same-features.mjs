// Finds crates that the tests build with other features than the executables do. Each of them, and
// all that uses it, is built twice.

import { output } from './steps.mjs';

/** Returns a sentence for each crate that the tests would build again. */
export function builtTwice() {
  const ofPrograms = featuresOf('no-dev');
  const ofTests = featuresOf('normal,build,dev');
  return [...ofPrograms].flatMap(([crate, built]) => {
    const tested = ofTests.get(crate) ?? built;
    const same = built.size === tested.size && [...built].every((some) => tested.has(some));
    if (same) return [];
    const list = (features) => [...features].map((some) => `[${some}]`).join(' and ');
    return [`${crate} has the features ${list(built)} for programs, ${list(tested)} for tests`];
  });
}

/** Returns the features of each crate: a set, as some are built for the build itself too. */
function featuresOf(edges) {
  const llvm = ['--features', 'watshop-compiler/llvm'];
  const shape = ['--prefix', 'none', '--format', '{p}|{f}'];
  const tree = output('cargo', ['tree', '--workspace', '--locked', '-e', edges, ...llvm, ...shape]);
  const found = new Map();
  for (const line of tree.split('\n')) {
    const [crate, features] = line.replace(/ \(\*\)$/, '').split('|');
    if (features === undefined) continue;
    if (!found.has(crate)) found.set(crate, new Set());
    found.get(crate).add(features);
  }
  return found;
}
