// Measures what the built page sends: its JavaScript and CSS, gzipped, at most 380 KB without the graph, the guide,
// the memory viewer, a lesson's page, the menus, the settings, the panels of WASI programs, the benches and the terminal, which are fetched when they are first wanted
// and have bounds of their own.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const MOST = 380_000;
const MOST_AT_FIRST = 330_000;
const MOST_OF_TOUR = 4_000;
const MOST_OF_MEMORY = 32_000;
const MOST_OF_GUIDE = 40_000;
const MOST_OF_MENUS = 12_000;
const MOST_OF_FOLDERS = 8_000;
const MOST_OF_LESSON = 8_000;
const MOST_OF_BENCHES = 18_000;
const MOST_OF_TERMINAL = 125_000;
const MOST_OF_WASI = 20_000;
const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const assets = join(dist, 'assets');

const sizes = readdirSync(assets)
  .filter((name) => /\.(js|css)$/.test(name))
  .map((name) => ({ name, size: gzipSync(readFileSync(join(assets, name)), { level: 9 }).length }))
  .sort((a, b) => b.size - a.size);
const graph = sizes.filter(({ name }) => /^(TimingGraph|watshop_plot|plot|scale)/.test(name));
const guide = sizes.filter(({ name }) => /^Guide-/.test(name));
const menus = sizes.filter(({ name }) =>
  /^(ContextMenu|Palette|AllTabs|AppSettings|Shortcuts|Sizes)-/.test(name),
);
const folders = sizes.filter(({ name }) => /^(WasiFolders|HeldFiles)-/.test(name));
const tour = sizes.filter(({ name }) => /^Tour-/.test(name));
const memory = sizes.filter(({ name }) => /^(MemoryView|viewers)-/.test(name));
const lesson = sizes.filter(({ name }) => /^(LessonView|markdown)-/.test(name));
const terminal = sizes.filter(({ name }) => /^(terminal|ConsoleInput)-/.test(name));
const wasi = sizes.filter(({ name }) => /^(WasiTimeline|WasiForm)-/.test(name));
const benches = sizes.filter(({ name }) => /^measure-/.test(name));
const late = new Set([
  ...graph,
  ...guide,
  ...menus,
  ...folders,
  ...memory,
  ...tour,
  ...lesson,
  ...benches,
  ...terminal,
  ...wasi,
]);
const page = sizes.filter((one) => !late.has(one));

/** What index.html asks for by itself: the rest comes when it is first needed. */
const html = readFileSync(join(dist, 'index.html'), 'utf8');
const first = page.filter(({ name }) => html.includes(name));

const sum = (list) => list.reduce((total, { size }) => total + size, 0);
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;
for (const { name, size } of sizes) console.log(`  ${kilobytes(size).padStart(9)}  ${name}`);
console.log(
  `Page: ${kilobytes(sum(page))} gzipped (${kilobytes(sum(first))} at first), of at most ${kilobytes(MOST)}; ` +
    `the graph: ${kilobytes(sum(graph))}; the guide: ${kilobytes(sum(guide))}, of at most ${kilobytes(MOST_OF_GUIDE)}; ` +
    `menus and dialogs: ${kilobytes(sum(menus))}, of at most ${kilobytes(MOST_OF_MENUS)}; ` +
    `the tour: ${kilobytes(sum(tour))}, of at most ${kilobytes(MOST_OF_TOUR)}; ` +
    `memory: ${kilobytes(sum(memory))}, of at most ${kilobytes(MOST_OF_MEMORY)}; ` +
    `folders: ${kilobytes(sum(folders))}, of at most ${kilobytes(MOST_OF_FOLDERS)}; ` +
    `a lesson: ${kilobytes(sum(lesson))}, of at most ${kilobytes(MOST_OF_LESSON)}; ` +
    `benches: ${kilobytes(sum(benches))}, of at most ${kilobytes(MOST_OF_BENCHES)}; ` +
    `the terminal: ${kilobytes(sum(terminal))}, of at most ${kilobytes(MOST_OF_TERMINAL)}; ` +
    `WASI: ${kilobytes(sum(wasi))}, of at most ${kilobytes(MOST_OF_WASI)}.`,
);
if (page.length === 0) {
  console.error('There is no built page in ui/dist.');
  process.exit(1);
}
if (guide.length === 0 || sum(guide) > MOST_OF_GUIDE) {
  console.error(`The guide is not by itself, or larger than ${kilobytes(MOST_OF_GUIDE)}.`);
  process.exit(1);
}
if (menus.length === 0 || sum(menus) > MOST_OF_MENUS) {
  console.error(`The menus are not by themselves, or larger than ${kilobytes(MOST_OF_MENUS)}.`);
  process.exit(1);
}
if (folders.length === 0 || sum(folders) > MOST_OF_FOLDERS) {
  console.error(`The folders are not by themselves, or larger than ${kilobytes(MOST_OF_FOLDERS)}.`);
  process.exit(1);
}
if (tour.length === 0 || sum(tour) > MOST_OF_TOUR) {
  console.error(`The tour is not by itself, or larger than ${kilobytes(MOST_OF_TOUR)}.`);
  process.exit(1);
}
if (memory.length === 0 || sum(memory) > MOST_OF_MEMORY) {
  console.error(`The memory viewer is not by itself, or larger than ${kilobytes(MOST_OF_MEMORY)}.`);
  process.exit(1);
}
if (lesson.length === 0 || sum(lesson) > MOST_OF_LESSON) {
  console.error(`A lesson's page is not by itself, or larger than ${kilobytes(MOST_OF_LESSON)}.`);
  process.exit(1);
}
if (benches.length === 0 || sum(benches) > MOST_OF_BENCHES) {
  console.error(`The benches are not by themselves, or larger than ${kilobytes(MOST_OF_BENCHES)}.`);
  process.exit(1);
}
if (terminal.length === 0 || sum(terminal) > MOST_OF_TERMINAL) {
  console.error(`The terminal is not by itself, or larger than ${kilobytes(MOST_OF_TERMINAL)}.`);
  process.exit(1);
}
if (wasi.length === 0 || sum(wasi) > MOST_OF_WASI) {
  console.error(
    `The panels of WASI are not by themselves, or larger than ${kilobytes(MOST_OF_WASI)}.`,
  );
  process.exit(1);
}
if (sum(first) > MOST_AT_FIRST) {
  console.error(`The page is larger than ${kilobytes(MOST_AT_FIRST)} at first.`);
  process.exit(1);
}
if (sum(page) > MOST) {
  console.error(`The page is larger than ${kilobytes(MOST)}.`);
  process.exit(1);
}
