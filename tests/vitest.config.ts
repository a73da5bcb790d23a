import { defineConfig } from 'vitest/config';

// End to end: one real browser or window after the other, each with a workbench of its own.
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['page/**/*.test.ts', 'window/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
