import { defineConfig } from 'vitest/config';

// End to end: real browsers and windows, each file's with a workbench of its own; two files at a time.
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['page/**/*.test.ts', 'window/**/*.test.ts'],
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What is awaited comes as soon as it can; the usual second is too little for that on a busy machine.
    expect: { poll: { timeout: 30_000 } },
  },
});
