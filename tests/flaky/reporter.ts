// Reports the tests that passed only at a second try, with their first failures.

import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Reporter, TestCase } from 'vitest/node';
import { ROOT } from '../../scripts/steps.mjs';
import { type Flaky, tellFlaky } from '../../scripts/flaky.mjs';

export class FlakyReporter implements Reporter {
  /**
   * The file for the flaky tests of all stages, set by `npm test`. Without it they are printed at
   * the end.
   */
  readonly #file = process.env.WATSHOP_FLAKY;
  readonly #found: Flaky[] = [];

  onTestCaseResult(test: TestCase): void {
    const { state, errors = [] } = test.result();
    if (state !== 'passed' || !test.diagnostic()?.flaky) return;
    const found: Flaky = {
      test: `${relative(ROOT, test.module.moduleId)} > ${test.fullName}`,
      failures: errors.map(({ message, stacks }) => {
        const [first] = stacks ?? [];
        return first
          ? `${message}\n\nat ${relative(ROOT, first.file)}:${first.line}:${first.column}`
          : message;
      }),
    };
    this.#found.push(found);
    if (this.#file) appendFileSync(this.#file, `${JSON.stringify(found)}\n`);
  }

  onTestRunEnd(): void {
    if (!this.#file) console.log(tellFlaky(this.#found));
  }
}
