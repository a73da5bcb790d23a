import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { plotPackage } from './src/graph/plot-package.ts';
import { catalogue } from './words/catalogue.js';

const root = fileURLToPath(new URL('.', import.meta.url));

/**
 * The address of a running workbench for `npm run dev`. It only takes requests that come from its
 * own pages.
 */
const workbench = process.env.WATSHOP_DEV_SERVER ?? 'http://127.0.0.1:5170';

export default defineConfig({
  root,
  base: './',
  plugins: [plotPackage(), catalogue(process.env.WATSHOP_LANGUAGE), svelte()],
  // Vitest would otherwise take the build of Svelte for servers.
  resolve: process.env.VITEST ? { conditions: ['browser'] } : {},
  build: {
    outDir: process.env.WATSHOP_LANGUAGE_FOLDER ?? 'dist',
    emptyOutDir: true,
    target: ['chrome120', 'safari17.4', 'firefox121'],
    // Everything is read from the disk beside it, so a data: URL would only need more of the CSP.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    // One file has all that the page needs at first. Otherwise each small module of it that a late
    // chunk needs too would be a file of its own.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'index', tags: ['$initial'] }] } },
    },
  },
  server: {
    port: 5173,
    strictPort: true,
    // The guide is in docs/.
    fs: { allow: ['..'] },
    proxy: {
      '/ws': { target: workbench, ws: true, changeOrigin: true, rewriteWsOrigin: true },
    },
  },
  test: {
    include: ['src/**/*.test.ts'],
    environment: 'node',
  },
});
