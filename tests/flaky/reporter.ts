// Which tests passed only when they were tried again, and how they had failed.

import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Reporter, TestCase } from 'vitest/node';
import { ROOT } from '../../scripts/steps.mjs';
import { type Flaky, tellFlaky } from '../../scripts/flaky.mjs';

export class FlakyReporter implements Reporter {
  /**
   * `npm test` names the file in which all stages of a run gather them; by hand they are told at
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
