// Measures what the built page sends: its JavaScript and CSS, gzipped. The parts that are fetched when they are
// first wanted have bounds of their own.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** The bytes of the page without those parts, and of what it needs at first. */
const MOST = 380_000;
const MOST_AT_FIRST = 330_000;

/** The parts that come later: a name, the files, and the most bytes. */
const LATER = [
  { name: 'the graph', files: /^(TimingGraph|watshop_plot|plot|scale)/, most: 20_000 },
  { name: 'the guide', files: /^Guide-/, most: 40_000 },
  {
    name: 'menus and dialogs',
    files: /^(ContextMenu|Palette|AllTabs|AppSettings|Shortcuts|Sizes)-/,
    most: 12_000,
  },
  { name: 'the tour', files: /^Tour-/, most: 4_000 },
  { name: 'memory', files: /^(MemoryView|viewers)-/, most: 32_000 },
  { name: 'folders', files: /^(WasiFolders|HeldFiles)-/, most: 8_000 },
  { name: 'functions', files: /^Functions-/, most: 4_000 },
  { name: 'a lesson', files: /^(LessonView|markdown)-/, most: 8_000 },
  { name: 'benches', files: /^measure-/, most: 26_000 },
  { name: 'the terminal', files: /^(terminal|ConsoleInput)-/, most: 125_000 },
  { name: 'WASI', files: /^(WasiTimeline|WasiForm)-/, most: 20_000 },
];

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const assets = join(dist, 'assets');
const sizes = readdirSync(assets)
  .filter((name) => /\.(js|css)$/.test(name))
  .map((name) => ({ name, size: gzipSync(readFileSync(join(assets, name)), { level: 9 }).length }))
  .sort((a, b) => b.size - a.size);

const sum = (list) => list.reduce((total, { size }) => total + size, 0);
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;
const ofMost = (bytes, most) => `${kilobytes(bytes)}, of at most ${kilobytes(most)}`;

const later = LATER.map((part) => ({
  ...part,
  size: sum(sizes.filter(({ name }) => part.files.test(name))),
}));
const page = sizes.filter(({ name }) => !LATER.some(({ files }) => files.test(name)));
/** What index.html asks for by itself: the rest comes when it is first needed. */
const html = readFileSync(join(dist, 'index.html'), 'utf8');
const atFirst = sum(page.filter(({ name }) => html.includes(name)));

for (const { name, size } of sizes) console.log(`  ${kilobytes(size).padStart(9)}  ${name}`);
const parts = later.map(({ name, size, most }) => `${name}: ${ofMost(size, most)}`);
console.log(
  `Page: ${kilobytes(sum(page))} gzipped (${ofMost(atFirst, MOST_AT_FIRST)} at first), of at most ${kilobytes(MOST)}; ${parts.join('; ')}.`,
);

const wrong = later
  .filter(({ size, most }) => size === 0 || size > most)
  .map(
    ({ name, most }) => `The part “${name}” is not by itself, or larger than ${kilobytes(most)}.`,
  );
if (page.length === 0) wrong.push('There is no built page in ui/dist.');
if (atFirst > MOST_AT_FIRST)
  wrong.push(`The page is larger than ${kilobytes(MOST_AT_FIRST)} at first.`);
if (sum(page) > MOST) wrong.push(`The page is larger than ${kilobytes(MOST)}.`);
for (const sentence of wrong) console.error(sentence);
process.exit(wrong.length === 0 ? 0 : 1);
