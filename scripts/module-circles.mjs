// Forbids circles of imports among modules, over any number of others. A circle is one thing in
// several files, and none of them can be read or changed by itself.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { circles } from './circles.mjs';
import { imports } from './rust-modules.mjs';

/**
 * Returns the circles among the modules of our crates. None is meant.
 * @param {string} root The project's folder.
 * @returns {string[]} Sentences.
 */
export function brokenModuleRules(root) {
  return crates(root).flatMap((crate) =>
    [...imports(join(root, crate, 'src'))].flatMap(([parent, graph]) =>
      circles(graph).map(
        (circle) =>
          `${crate}${parent && ` ${parent}`}: ${circle.join(', ')} import from one another in a circle`,
      ),
    ),
  );
}

function crates(root) {
  const inside = readdirSync(join(root, 'crates')).map((name) => join('crates', name));
  return [...inside, 'src-tauri', 'tests', join('tests', 'bench')].filter((crate) =>
    existsSync(join(root, crate, 'src')),
  );
}
