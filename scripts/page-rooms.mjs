// The rooms of the page and the imports of each folder of ui/src. `ui/README.md` says what each is
// for.

import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * The rooms, lowest first. A room may name only rooms before it, so that there is no circle. A file
 * is a room by itself.
 */
export const ROOMS = {
  words: [],
  'protocol.ts': [],
  styles: [],
  values: ['protocol.ts'],
  platform: ['protocol.ts'],
  'client.ts': ['protocol.ts', 'platform'],
  target: ['protocol.ts', 'values'],
  editor: ['protocol.ts', 'values'],
  graph: ['protocol.ts', 'values'],
  state: ['protocol.ts', 'values', 'platform', 'client.ts', 'target', 'editor'],
  'focus.ts': [],
  'commands.ts': ['protocol.ts', 'values', 'state', 'focus.ts'],
  'keys.ts': ['platform', 'commands.ts'],
  'menus.ts': ['protocol.ts', 'commands.ts', 'keys.ts'],
  chrome: ['protocol.ts', 'values', 'platform', 'target', 'state', 'commands.ts', 'keys.ts'],
  imports: ['protocol.ts', 'values', 'editor', 'state', 'chrome'],
  memory: ['protocol.ts', 'values', 'platform', 'client.ts', 'state', 'chrome'],
  terminal: ['values', 'state'],
  guide: ['values', 'state', 'chrome'],
  lessons: ['protocol.ts', 'state', 'chrome', 'guide'],
  measure: ['protocol.ts', 'values', 'graph', 'state'],
  panels: [
    'protocol.ts',
    'values',
    'platform',
    'target',
    'editor',
    'graph',
    'state',
    'keys.ts',
    'chrome',
    'imports',
    'memory',
    'terminal',
    'lessons',
    'measure',
  ],
  layout: ['values', 'state', 'focus.ts', 'panels', 'guide'],
  'Page.svelte': ['values', 'state', 'commands.ts', 'keys.ts', 'chrome', 'guide', 'layout'],
  'main.ts': ['styles', 'platform', 'state', 'commands.ts', 'menus.ts', 'Page.svelte'],
};

/** The room with all sentences, which every other may import. */
const WORDS = 'words';

/** Words and packages that belong to some rooms alone. */
const OWN = [
  {
    what: /@codemirror\/view/,
    rooms: ['editor', 'imports', 'panels'],
    why: 'elements of the editor',
  },
  { what: /from 'dockview'/, rooms: ['layout'], why: 'the dock' },
  { what: /__TAURI_INTERNALS__|@tauri-apps/, rooms: ['platform'], why: "the window's own" },
  {
    what: /\bdocument\.(querySelector|getElementById|activeElement)/,
    rooms: null,
    not: ['state'],
    why: 'elements',
  },
];

const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+)'/g;

/**
 * Returns the rules that the files of `ui/src` break, and the entries of the table that do not
 * hold.
 * @param {string} root `ui/src`.
 * @param {string} readme The text of `ui/README.md`.
 * @returns {string[]} Sentences.
 */
export function brokenPageRules(root, readme) {
  const order = Object.keys(ROOMS);
  const broken = [];
  for (const [index, [room, others]] of Object.entries(ROOMS).entries()) {
    for (const other of others) {
      if (!(order.indexOf(other) < index && order.includes(other)))
        broken.push(`In the table, ${room} may import ${other}, which is not before it.`);
    }
    if (!readme.includes(`\`src/${room}\``))
      broken.push(`ui/README.md does not say what src/${room} is for.`);
  }
  const used = new Set();
  for (const file of readdirSync(root, { recursive: true })) {
    if (!/\.(ts|svelte)$/.test(file) || /\.test\.ts$|(^|\/)testing\.ts$|\.d\.ts$/.test(file))
      continue;
    const room = roomOf(file);
    const text = readFileSync(join(root, file), 'utf8');
    if (!(room in ROOMS)) broken.push(`${file} is in no room of scripts/page-rooms.mjs.`);
    if (file.endsWith('.ts') && room !== 'protocol.ts' && !/^\/[/*]/.test(text))
      broken.push(`${file} does not begin with a sentence that says what is in it.`);
    for (const [, path] of text.matchAll(IMPORT)) {
      const to = roomOf(relative(root, join(root, dirname(file), path)));
      if (to === room || to === '..' || to === WORDS) continue;
      used.add(`${room} ${to}`);
      if (!ROOMS[room]?.includes(to)) broken.push(`${file} must not import from ${to}.`);
    }
    for (const { what, rooms, not, why } of OWN) {
      const allowed = rooms ? rooms.includes(room) : !not.includes(room);
      if (!allowed && what.test(text))
        broken.push(`${file} must not know ${why} (${what.source}).`);
    }
  }
  for (const [room, others] of Object.entries(ROOMS)) {
    for (const other of others) {
      if (!used.has(`${room} ${other}`))
        broken.push(`${room} does not import from ${other}: the table need not allow it.`);
    }
  }
  return broken;
}

function roomOf(path) {
  return path.split('/')[0];
}
