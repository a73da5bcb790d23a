// The time of recording a run in the history, and of opening 100,000 stored runs: in the workbench,
// and in the page from the press of the switch until the graph has them.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { MOMENT, unless } from './moment.mjs';

const RUNS = unless(100_000, 100);
const ROUNDS = unless(9, 1);
/** The most nanoseconds of recording a run. */
const RECORDING = 20_000;
/**
 * The most milliseconds until the workbench has all runs, and until the page shows them, which has to
 * ask the workbench for them.
 */
const OPENING = 300;
const TOKEN = 'a-token-that-was-given-by-hand';
const ROOT = join(import.meta.dirname, '..', '..');

const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];
const data = mkdtempSync(join(tmpdir(), 'watshop-history-'));
// The whole workspace is named, because its features are those of all that is built already.
const words = ['build', '-q', '--release', '--ignore-rust-version', '--workspace'];
execFileSync('cargo', [...words, '--example', 'history'], { cwd: ROOT, stdio: 'inherit' });
const example = join(ROOT, 'target', 'release', 'examples', 'history');
const stored = JSON.parse(execFileSync(example, [data, String(RUNS)], { encoding: 'utf8' }));
const server = spawn(
  join(ROOT, 'target', 'release', 'watshop'),
  ['serve', '--no-open', '--port', '0'],
  {
    env: { ...process.env, WATSHOP_DATA_DIR: data, WATSHOP_TOKEN: TOKEN },
    stdio: ['ignore', 'pipe', 'inherit'],
  },
);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--use-gl=angle',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
  ],
});
let missed = '';
try {
  const printed = await new Promise((resolve) =>
    createInterface(server.stdout).once('line', resolve),
  );
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(printed.replace(/token=.*/, `token=${TOKEN}`));
  await page.getByRole('tab', { name: 'Timings' }).click();
  await page.locator('.timing-graph[data-renderer="canvas"]').waitFor();
  const opened = [];
  for (let round = 0; round < ROUNDS; round++) {
    opened.push(await page.evaluate(open, stored.runs));
    await page.getByRole('switch', { name: 'Earlier sessions' }).uncheck();
    await page.locator('.timing-graph[data-points="0"]').waitFor();
  }
  console.log(`\n### ${stored.runs.toLocaleString('en')} runs of earlier sessions\n`);
  console.log('| | | at most |\n| --- | --- | --- |');
  const recording = (stored.median_ns / 1000).toFixed(2);
  console.log(`| recording a run, median | ${recording} µs | ${RECORDING / 1000} µs |`);
  console.log(`| the slowest of a thousand | ${(stored.p999_ns / 1000).toFixed(2)} µs | |`);
  console.log(`| opening in the workbench | ${Math.round(stored.open_ms)} ms | ${OPENING} ms |`);
  console.log(
    `| opening in the page, until the graph has them (median of ${ROUNDS}) | ${Math.round(median(opened))} ms | ${OPENING} ms |`,
  );
  if (stored.median_ns > RECORDING) missed = 'Recording a run takes too long.';
  if (stored.open_ms > OPENING) missed = 'Opening the history takes too long.';
  if (median(opened) > OPENING) missed = 'Showing the history in the page takes too long.';
} finally {
  await browser.close();
  // It would save the folder again if that went first.
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill();
  await ended;
  rmSync(data, { recursive: true, force: true });
}
if (missed !== '' && !MOMENT) {
  console.error(missed);
  process.exitCode = 1;
}

/** Presses the switch, and gives the milliseconds until the graph has all figures. */
async function open(runs) {
  const graph = document.querySelector('.timing-graph');
  const field = document.querySelector('input[role="switch"]');
  const began = performance.now();
  const drawn = new Promise((resolve) => {
    const look = () => Number(graph.dataset.points) >= runs && resolve();
    new MutationObserver(look).observe(graph, { attributes: true });
  });
  field.click();
  await drawn;
  return performance.now() - began;
}
