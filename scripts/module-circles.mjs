// Forbids circles of imports among modules, over any number of others. A circle is one thing in
// several files, and none of them can be read or changed by itself.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { circles } from './circles.mjs';
import { imports } from './rust-modules.mjs';

/**
 * The circles that still stand: the modules in one, by crate and parent. The list may only shrink:
 * a module that enters a circle fails the check, and so does a listed one that is in none any more.
 */
const STANDING = {
  'crates/protocol': 'describe instance page passport process template value'.split(' '),
  'crates/protocol page':
    'calls error event host_path imports module registry run settings shell tab table target welcome'.split(
      ' ',
    ),
};

/**
 * Returns the modules of our crates that are in a forbidden circle, and the listed ones that are in
 * none.
 * @param {string} root The project's folder.
 * @returns {string[]} Sentences.
 */
export function brokenModuleRules(root) {
  const found = new Map();
  for (const crate of crates(root)) {
    for (const [parent, graph] of imports(join(root, crate, 'src'))) {
      const inCircles = circles(graph);
      if (inCircles.length > 0) found.set(parent ? `${crate} ${parent}` : crate, inCircles);
    }
  }
  const broken = [];
  for (const [place, all] of found) {
    for (const circle of all) {
      const unknown = circle.filter((module) => !STANDING[place]?.includes(module));
      if (unknown.length > 0)
        broken.push(
          `${place}: ${unknown.join(', ')} must be in no circle of imports (${circle.join(', ')})`,
        );
    }
  }
  for (const [place, modules] of Object.entries(STANDING)) {
    const still = new Set(found.get(place)?.flat());
    const gone = modules.filter((module) => !still.has(module));
    if (gone.length > 0)
      broken.push(
        `${place}: ${gone.join(', ')} are in no circle any more: strike them from STANDING`,
      );
  }
  return broken;
}

function crates(root) {
  const inside = readdirSync(join(root, 'crates')).map((name) => join('crates', name));
  return [...inside, 'src-tauri', 'tests', join('tests', 'bench')].filter((crate) =>
    existsSync(join(root, crate, 'src')),
  );
}
