// Counts, by crate and for the page, the words and fragments that docs/style.md speaks of. The
// limits of voice.json hold for them and may only fall: `WATSHOP_UPDATE_VOICE=1 node
// scripts/voice.mjs` writes lower ones.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commentsOf, isFragment, proseOf } from './comments.mjs';
import { ROOT, fail, output } from './steps.mjs';

const LIMITS = join(ROOT, 'scripts', 'voice.json');

/**
 * Words that are counted in 1000 words of comment. The count is an approximation: a real place has
 * a right to its `where`.
 */
const WORDS = {
  where: /\bwhere\b/gi,
  what: /\bwhat\b/gi,
  nobody: /\b(nobody|somebody|whoever|anybody)\b/gi,
};

/**
 * Phrases that people must never read: in strings, in the page, in documents. `docs/style.md` has
 * better ones.
 */
const NEVER = [
  /nobody knows/i,
  /made no sense/i,
  /\ball the same\b/i,
  /unknown hand/i,
  /another hand\b/i,
  /since it is called so/i,
  /what it was not asked/i,
  /dealt with/i,
  /\bis no \w+ but an? /i,
  /pass(ed)? over\b/i,
  /will not have\b/i,
  /\bmend (the|your) file/i,
  /of nobody\b/i,
];
/** Documents that name such a phrase to say that it is not used. */
const ABOUT_IT = new Set(['docs/style.md', 'scripts/voice.mjs']);

const listed = output('git', ['ls-files', '--cached', '--others', '--exclude-standard']).split(
  '\n',
);
const files = listed.filter((file) => existsSync(join(ROOT, file)));
const rooms = new Map();
for (const file of files) {
  const room = /^(crates\/[^/]+)\/src\/|^(src-tauri)\/src\/|^(ui\/src)\//
    .exec(file)
    ?.slice(1)
    .find(Boolean);
  if (!room || !/\.(rs|ts|svelte)$/.test(file) || file === 'ui/src/protocol.ts') continue;
  const about = rooms.get(room) ?? {
    words: 0,
    docs: 0,
    fragments: 0,
    lines: 0,
    long: 0,
    counts: {},
  };
  rooms.set(room, about);
  const text = readFileSync(join(ROOT, file), 'utf8');
  const { comments, docs } = commentsOf(text, file);
  const lines = text.split('\n');
  about.lines += lines.length;
  about.long += lines.filter((line) => line.length > 100).length;
  about.docs += docs.length;
  about.fragments += docs.filter(isFragment).length;
  about.words += comments.split(/\s+/).filter(Boolean).length;
  for (const [name, rule] of Object.entries(WORDS)) {
    about.counts[name] = (about.counts[name] ?? 0) + (comments.match(rule) ?? []).length;
  }
}

/** Rounds up, so that one file's good figures leave some room for another. */
const up = (figure) => Math.ceil(figure);
const figures = Object.fromEntries(
  [...rooms].map(([room, about]) => [
    room,
    {
      ...Object.fromEntries(
        Object.keys(WORDS).map((name) => [name, up((1000 * about.counts[name]) / about.words)]),
      ),
      fragments_percent: up((100 * about.fragments) / Math.max(1, about.docs)),
      long_lines_percent: up((100 * about.long) / about.lines),
    },
  ]),
);

const limits = JSON.parse(readFileSync(LIMITS, 'utf8'));
const wrong = [];
for (const [room, counted] of Object.entries(figures)) {
  for (const [name, figure] of Object.entries(counted)) {
    const limit = limits[room]?.[name];
    if (limit === undefined || figure < limit) (limits[room] ??= {})[name] = figure;
    else if (figure > limit) wrong.push(`${room}: ${name} is ${figure}, and ${limit} is the limit`);
  }
}
if (process.env.WATSHOP_UPDATE_VOICE) writeFileSync(LIMITS, JSON.stringify(limits, null, 2) + '\n');

for (const file of files) {
  if (ABOUT_IT.has(file) || !/^(crates|src-tauri|ui\/src|docs|examples|[A-Z]+\.md)/.test(file))
    continue;
  if (
    /\/tests?\/|_tests?\.rs$|\.test\.ts$|protocol\.ts$/.test(file) ||
    !/\.(rs|ts|svelte|md|wat|txt)$/.test(file)
  )
    continue;
  for (const [number, line] of proseOf(readFileSync(join(ROOT, file), 'utf8'), file)) {
    if (NEVER.some((phrase) => phrase.test(line))) wrong.push(`${file}:${number}: ${line.trim()}`);
  }
}
if (wrong.length > 0) {
  fail(`The voice drifts from docs/style.md:\n  ${wrong.join('\n  ')}`);
}
console.log(`${rooms.size} rooms keep to the limits of scripts/voice.json.`);
