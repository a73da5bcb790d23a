// The imports among the modules of a crate, read from its text. It knows no macros and no names
// that a `*` brings in from another module. Every import that it finds is real, and it rarely
// misses one.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Returns the imports among the modules of each parent. A module includes all modules inside of it.
 * An import from the own parent, or by a parent from its inside, does not count: they are one
 * thing.
 * @param {string} folder `src` of a crate.
 * @returns {Map<string, Map<string, Set<string>>>} Names joined by `::`, the crate's root is empty.
 */
export function imports(folder) {
  const modules = new Map();
  for (const file of readdirSync(folder, { recursive: true })) {
    if (!file.endsWith('.rs') || /(^|\/)(bin\/|tests\.rs$)/.test(file)) continue;
    modules.set(nameOf(file), paths(nameOf(file), code(readFileSync(join(folder, file), 'utf8'))));
  }
  const graphs = new Map();
  for (const [from, { used }] of modules) {
    for (const path of used) {
      const to = moduleOf(modules, path);
      if (to !== undefined) addImport(graphs, from, to);
    }
  }
  return graphs;
}

function addImport(graphs, from, to) {
  const [a, b] = [from, to].map((name) => (name === '' ? [] : name.split('::')));
  let depth = 0;
  while (depth < a.length && depth < b.length && a[depth] === b[depth]) depth++;
  if (depth === a.length || depth === b.length) return;
  const parent = a.slice(0, depth).join('::');
  if (!graphs.has(parent)) graphs.set(parent, new Map());
  const graph = graphs.get(parent);
  for (const node of [a[depth], b[depth]]) if (!graph.has(node)) graph.set(node, new Set());
  graph.get(a[depth]).add(b[depth]);
}

function nameOf(file) {
  const parts = file.replace(/\.rs$/, '').split('/');
  if (['lib', 'main', 'mod'].includes(parts.at(-1))) parts.pop();
  return parts.join('::');
}

/** Returns the text without comments, strings, and the tests at its end. */
function code(text) {
  return text
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/"(?:[^"\\]|\\[^])*"/g, '""')
    .replace(/#\[cfg\(test\)\][^;{]*\bmod tests\b[^]*$/, '');
}

/**
 * Returns the paths that a module's text names, from the crate's root, and the paths that it
 * re-exports by a name.
 */
function paths(module, text) {
  const used = [];
  const handedOn = new Map();
  const rest = text.replace(/^\s*(pub(?:\([^)]*\))?\s+)?use\s+([^;]+);/gm, (_, isPublic, tree) => {
    for (const path of branches(tree.replace(/\s+/g, ' ').trim())) {
      const absolute = resolve(module, path);
      used.push(absolute);
      if (isPublic) handedOn.set(path.at(-1), absolute);
    }
    return '';
  });
  for (const [path] of rest.matchAll(/\b(?:crate|super)(?:::\w+)+/g))
    used.push(resolve(module, path.split('::')));
  return { used: used.filter((path) => path !== null), handedOn };
}

/** Splits `a::{b, c::{d, e}}` into single paths, without names after `as`. */
function branches(tree) {
  const open = tree.indexOf('{');
  if (open < 0)
    return [
      tree
        .replace(/ as \w+$/, '')
        .split('::')
        .map((part) => part.trim()),
    ];
  const head = tree
    .slice(0, open)
    .split('::')
    .map((part) => part.trim())
    .filter(Boolean);
  const inside = tree.slice(open + 1, tree.lastIndexOf('}'));
  const list = [];
  let [depth, from] = [0, 0];
  for (let at = 0; at <= inside.length; at++) {
    if (inside[at] === '{') depth++;
    if (inside[at] === '}') depth--;
    if (at === inside.length || (inside[at] === ',' && depth === 0)) {
      if (inside.slice(from, at).trim()) list.push(inside.slice(from, at).trim());
      from = at + 1;
    }
  }
  return list.flatMap((one) => branches(one).map((path) => [...head, ...path]));
}

/**
 * Resolves a path from the crate's root. Returns null if it is of another crate or inside of the
 * module itself.
 */
function resolve(module, path) {
  const here = module === '' ? [] : module.split('::');
  const [first, ...rest] = path;
  if (first === 'crate') return rest;
  if (first === 'self') return [...here, ...rest];
  if (first !== 'super') return [...here, ...path];
  let up = 0;
  while (path[up] === 'super') up++;
  return [...here.slice(0, here.length - up), ...path.slice(up)];
}

/** Returns the module that a path leads into, through re-exports. */
function moduleOf(modules, path, hops = 0) {
  for (let length = path.length; length >= 0; length--) {
    const name = path.slice(0, length).join('::');
    const module = modules.get(name);
    if (!module) continue;
    const next = length < path.length && hops < 5 ? module.handedOn.get(path[length]) : undefined;
    const there = next && moduleOf(modules, [...next, ...path.slice(length + 1)], hops + 1);
    return there || name;
  }
  return undefined;
}
