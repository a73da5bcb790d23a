// A plugin of vite.config.ts for the case that ui/plot/pkg has not been built.

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const REASON = 'ui/plot/pkg does not exist: run npm run build:plot';
const ABSENT = '\0absent-plot';

/**
 * Stops a build of the page without the graph, and says what to do. Tests and `npm run dev` go on:
 * there the page shows the reason and draws SVG.
 */
export function plotPackage(): Plugin {
  const built = existsSync(
    fileURLToPath(new URL('../../plot/pkg/watshop_plot_bg.wasm', import.meta.url)),
  );
  let building = false;
  return {
    name: 'plot-package',
    enforce: 'pre',
    configResolved(config) {
      building = config.command === 'build';
    },
    resolveId(source) {
      if (built || !source.includes('/plot/pkg/')) return undefined;
      if (building) this.error(REASON);
      return ABSENT;
    },
    load(id) {
      return id === ABSENT ? `throw new Error(${JSON.stringify(REASON)});` : undefined;
    },
  };
}
