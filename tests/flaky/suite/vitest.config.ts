import { defineConfig } from 'vitest/config';
import real from '../../vitest.config.ts';

// Fixture: the configuration of the page and window tests, over the tiny ones beside this file.
export default defineConfig({
  ...real,
  test: { ...real.test, root: import.meta.dirname, include: ['{page,window}/**/*.test.ts'] },
});
