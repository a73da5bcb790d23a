// Finds crates that the tests build with other features than the executables do. Each of them, and
// all that uses it, is built twice.

import { fail, output } from './steps.mjs';

/** Returns a sentence for each crate that the tests would build again. */
export function builtTwice() {
  return otherFeatures(tree('no-dev'), tree('normal,build,dev'));
}

/** Compares two outputs of `cargo tree`, in which each line is a crate and its features. */
export function otherFeatures(ofPrograms, ofTests) {
  const tests = featuresIn(ofTests);
  return [...featuresIn(ofPrograms)].flatMap(([crate, built]) => {
    const tested = tests.get(crate) ?? built;
    const same = built.size === tested.size && [...built].every((some) => tested.has(some));
    if (same) return [];
    const list = (features) => [...features].map((some) => `[${some}]`).join(' and ');
    return [`${crate} has the features ${list(built)} for programs, ${list(tested)} for tests`];
  });
}

/** Returns the features of each crate: a set, as some are built for the build itself too. */
function featuresIn(tree) {
  const found = new Map();
  for (const line of tree.split('\n')) {
    const [crate, features] = line.replace(/ \(\*\)$/, '').split('|');
    if (!found.has(crate)) found.set(crate, new Set());
    found.get(crate).add(features);
  }
  return found;
}

function tree(edges) {
  const llvm = ['--features', 'watshop-compiler/llvm'];
  const shape = ['--prefix', 'none', '--format', '{p}|{f}'];
  const told = output('cargo', ['tree', '--workspace', '--locked', '-e', edges, ...llvm, ...shape]);
  return told || fail(`cargo tree -e ${edges} failed.`);
}
