import { defineConfig } from 'vitest/config';
import page from './vitest.config.ts';

// The window's tests are one story from start to end, so they keep their order.
export default defineConfig({
  test: { ...page.test, include: ['window/**/*.test.ts'], sequence: {} },
});
