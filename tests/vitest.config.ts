import { defineConfig } from 'vitest/config';
import { FlakyReporter } from './flaky/reporter.ts';

// End to end: real browsers and windows, each file's with a workbench of its own; two files at a time.
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['page/**/*.test.ts', 'window/**/*.test.ts'],
    maxWorkers: 2,
    // A real browser on a busy machine may fail once; whoever needs this is listed at the end (scripts/flaky.mjs).
    retry: 1,
    reporters: ['default', new FlakyReporter()],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What is awaited comes as soon as it can; the usual second is too little for that on a busy machine.
    expect: { poll: { timeout: 30_000 } },
  },
});
