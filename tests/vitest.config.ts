import { basename } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { FlakyReporter } from './flaky/reporter.ts';

/**
 * The files that take longest, over a minute each. They start first, so that no worker waits for them
 * at the end.
 */
const LONG = [
  'overflow.test.ts',
  'layout-pictures.test.ts',
  'terminal.test.ts',
  'accessible.test.ts',
  'lesson-accessible.test.ts',
  'words.test.ts',
  'guide-pictures.test.ts',
  'memory.test.ts',
  'real_program.test.ts',
];

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = LONG.indexOf(basename(moduleId));
      return at < 0 ? LONG.length : at;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

// The page, end to end: real browsers on real workbenches. Each test has a workbench of its own
// (page/workshop.ts), so any order must do, and each run takes another one. `WATSHOP_SEED` repeats
// the order of an earlier run.
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['page/**/*.test.ts'],
    sequence: {
      sequencer: LongFirst,
      shuffle: { tests: true },
      seed: Number(process.env.WATSHOP_SEED ?? Date.now() % 1_000_000),
    },
    maxWorkers: 2,
    // A real browser on a busy machine may fail once. Tests that needed this are listed at the end
    // (scripts/flaky.mjs).
    retry: 1,
    reporters: ['default', new FlakyReporter()],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Polls end as soon as they can. The default of a second is too little on a busy machine.
    expect: { poll: { timeout: 30_000 } },
  },
});
