import { defineConfig } from 'vitest/config';

// End to end: real browsers and windows, each file's with a workbench of its own; two files at a time.
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['page/**/*.test.ts', 'window/**/*.test.ts'],
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
