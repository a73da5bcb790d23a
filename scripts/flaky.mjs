// Tests that failed and passed when they were tried again: gathered over all stages of `npm test`,
// told at its end.

import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/** As many as this in one run are no accident. */
const TOO_MANY = 3;

/**
 * @typedef {{ test: string, failures: string[] }} Flaky A test by its file and name, and what its
 * failed tries said.
 */

/**
 * Tells the flaky tests when this process ends, however that comes about, and lets it fail if there
 * are too many.
 * @param {string} file Where the reporter of the tests writes them, one a line.
 */
export function gatherFlaky(file) {
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  process.env.WATSHOP_FLAKY = file;
  process.on('exit', (status) => {
    const found = readFlaky(file);
    if (found.length > 0) console.log(tellFlaky(found));
    if (found.length < TOO_MANY) return;
    console.error(
      `\n${found.length} flaky tests are too many: a run with ${TOO_MANY} or more fails.`,
    );
    process.exitCode = status || 1;
  });
}

/** Whether so many are known by now that the run fails. */
export function tooManyFlaky() {
  return readFlaky(process.env.WATSHOP_FLAKY ?? '').length >= TOO_MANY;
}

/** @returns {Flaky[]} */
function readFlaky(file) {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
}

/**
 * The list, to be printed; nothing if it is empty.
 * @param {Flaky[]} found
 */
export function tellFlaky(found) {
  if (found.length === 0) return '';
  const list = found.map(({ test, failures }) => `${test}\n${failures.map(indented).join('\n')}`);
  return `\n── flaky ──\nThese failed, and passed when they were tried again:\n\n${list.join('\n\n')}`;
}

function indented(text) {
  return text.replace(/^(?=.)/gm, '    ');
}
