import { defineConfig } from 'vitest/config';
import page from './vitest.config.ts';

// The window is one story from its start to its end: its tests keep their order.
export default defineConfig({
  test: { ...page.test, include: ['window/**/*.test.ts'], sequence: {} },
});
