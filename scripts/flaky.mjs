// Tests that failed at first and passed at a second try, gathered over all stages of `npm test` and
// reported at its end.

import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/** This many flaky tests in one run are not an accident. */
const TOO_MANY = 3;

/**
 * @typedef {{ test: string, failures: string[] }} Flaky A test by its file and name, and the
 * messages of its failed tries.
 */

/**
 * Reports the flaky tests when this process ends, in whatever way, and makes it fail if there are
 * too many.
 * @param {string} file The path to which the reporter of the tests writes them, one a line.
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

/**
 * Notes a stage that failed at first, if a run of tests gathers such.
 * @param {string} test
 * @param {string[]} failures
 */
export function addFlaky(test, failures) {
  const file = process.env.WATSHOP_FLAKY;
  if (file) appendFileSync(file, `${JSON.stringify({ test, failures })}\n`);
}

/** Returns true if there are so many by now that the run fails. */
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
 * Returns the list as a text, or an empty text.
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
