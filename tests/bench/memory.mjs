// The cost of looking into a guest's memory, in Chromium over `watshop serve`: reading from 4 GiB
// beside a plain WebSocket echo of the same size, searching, the guest's own speed while its memory
// is shown, and frames a second while 4 GiB are scrolled. Prints tables for docs/performance.md.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { WebSocketServer } from 'ws';
import { MOMENT, unless } from './moment.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
const PROGRAMS = process.env.WATSHOP_PROGRAMS ?? join(ROOT, 'target', 'release');
const SIZES = [1, 255, 4096, 65_536, 1 << 20];
/**
 * The reads of each size, in rounds that take turns with the echo. A browser's clock is too coarse
 * for a single one.
 */
const ROUNDS = unless(20, 1);
const READS = unless(20, 1);
/** The bytes that are searched. They are written first, so that all of them really exist. */
const SEARCHED = unless(1 << 30, 1 << 20);
const SECONDS = unless(5, 0.2);

/**
 * A module with 4 GiB and a guest that works for as long as is asked: it steps through Collatz
 * sequences and stores each value.
 */
const MODULE = `(module
  (memory (export "memory") 65536)
  (func (export "work") (param $count i32) (result i32) (local $i i32) (local $n i64) (local $steps i32)
    (loop $next
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (local.set $n (i64.extend_i32_u (local.get $i)))
      (loop $step
        (i64.store (i32.and (local.get $steps) (i32.const 0xff8)) (local.get $n))
        (local.set $steps (i32.add (local.get $steps) (i32.const 1)))
        (local.set $n (select
          (i64.add (i64.mul (local.get $n) (i64.const 3)) (i64.const 1))
          (i64.shr_u (local.get $n) (i64.const 1))
          (i32.wrap_i64 (i64.and (local.get $n) (i64.const 1)))))
        (br_if $step (i64.gt_u (local.get $n) (i64.const 1))))
      (br_if $next (i32.lt_u (local.get $i) (local.get $count))))
    (local.get $steps)))`;

const missed = [];
// A token that opens the page any number of times. The printed address does so once.
const TOKEN = 'a-token-that-was-given-by-hand';
const data = mkdtempSync(join(tmpdir(), 'watshop-bench-'));
const server = spawn(join(PROGRAMS, 'watshop'), ['serve', '--no-open'], {
  env: { ...process.env, WATSHOP_DATA_DIR: data, WATSHOP_TOKEN: TOKEN },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const echo = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
echo.on('connection', (peer) => peer.on('message', (bytes) => peer.send(bytes)));
let browser;
try {
  const printed = await new Promise((resolve, reject) => {
    createInterface(server.stdout).once('line', resolve);
    server.once('exit', (status) => reject(new Error(`watshop serve ended with ${status}`)));
  });
  const address = printed.replace(/token=.*/, `token=${TOKEN}`);
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
    ],
  });
  // The page's own policy lets it connect only to its server, and the echo is another one.
  const context = await browser.newContext({
    viewport: { width: 1800, height: 1300 },
    bypassCSP: true,
  });
  const page = await context.newPage();
  await page.goto(address);
  await page.getByRole('tablist', { name: 'Open tabs' }).waitFor();
  const tab = await page.evaluate(prepare, {
    module: MODULE,
    echo: `ws://127.0.0.1:${echo.address().port}/`,
  });
  await page.getByRole('tab', { name: /memory\.wat/ }).click();

  await reading(page, tab);
  await searching(page, tab);
  await working(page, tab);
  await scrolling(page);
  await page.evaluate((tab) => globalThis.ask('tab.close', { tab }), tab);
} finally {
  await browser?.close();
  echo.close();
  server.kill();
  rmSync(data, { recursive: true, force: true });
}
const broken = MOMENT ? [] : missed;
for (const promise of broken) console.log(`\nNot kept: ${promise}.`);
if (broken.length > 0) process.exitCode = 1;

async function reading(page, tab) {
  console.log(
    '\n### Reading from a memory of 4 GiB: from the page to the runner and back, in Chromium\n',
  );
  console.log(
    '| bytes | plain echo | at 0 | at 2 GiB | at the end | ratio |\n| --- | --- | --- | --- | --- | --- |',
  );
  for (const size of SIZES) {
    const places = [0, 2 ** 31, 2 ** 32 - size];
    const times = await page.evaluate(read, { tab, size, places, rounds: ROUNDS, reads: READS });
    const [plain, ...read_] = times.map(median);
    const ratio = median(read_) / plain;
    console.log(
      `| ${size.toLocaleString('en')} | ${[plain, ...read_].map(ms).join(' | ')} | ${ratio.toFixed(2)}× |`,
    );
    if (ratio > 1.3) missed.push(`${size} bytes took ${ratio.toFixed(2)}× of an echo, not 1.3×`);
    if (size === 4096 && median(read_) > 8)
      missed.push(`a screen took ${ms(median(read_))}, not 8 ms`);
  }
}

async function searching(page, tab) {
  const seconds = await page.evaluate(search, { tab, length: SEARCHED });
  console.log('\n### Searching\n\n| | |\n| --- | --- |');
  for (const [what, time] of Object.entries(seconds)) {
    console.log(
      `| ${what}, ${SEARCHED >> 20} MiB in use | ${(SEARCHED / 1e9 / time).toFixed(2)} GB/s |`,
    );
    if (SEARCHED / 1e9 / time < 1) missed.push(`${what} searched less than 1 GB/s`);
  }
  const large = await page.evaluate(searchAll, tab);
  console.log(`| all of 4 GiB, a quarter of it in use | ${Math.round(large * 1000)} ms |`);
}

async function working(page, tab) {
  const front = (name) => page.getByRole('tab', { name, exact: true }).click();
  const times = { closed: [], open: [] };
  await front('Timings');
  // The count grows until a call takes about a second on this machine.
  let count = 100_000;
  while ((await page.evaluate(work, { tab, count })) < unless(1e9, 1e6)) count *= 2;
  for (let round = 0; round < unless(7, 1); round++) {
    for (const view of round % 2 === 0 ? ['closed', 'open'] : ['open', 'closed']) {
      await front(view === 'open' ? 'Memory' : 'Timings');
      if (view === 'open') await page.waitForFunction(shown);
      times[view].push(await page.evaluate(work, { tab, count }));
    }
  }
  // This is measured apart from the rest, because watching costs time as well.
  await front('Memory');
  const [rate] = await Promise.all([
    page.evaluate(watch, unless(1000, 50)),
    page.evaluate(work, { tab, count }),
  ]);
  const [closed, open] = [median(times.closed), median(times.open)];
  const speed = (closed / open) * 100;
  console.log("\n### The guest's own speed while its memory is shown\n\n| | |\n| --- | --- |");
  console.log(`| closed | ${ms(closed / 1e6)} |\n| open | ${ms(open / 1e6)} |`);
  console.log(`| other bytes seen, times a second | ${rate.toFixed(1)} |`);
  if (rate < 10)
    missed.push(`the view showed other bytes ${rate.toFixed(1)} times a second, not 10`);
  console.log(`| speed with it open | ${speed.toFixed(1)} % |`);
  if (speed < 98) missed.push(`the guest had ${speed.toFixed(1)} % of its speed, not 98 %`);
}

async function scrolling(page) {
  await page.getByRole('tab', { name: 'Memory', exact: true }).click();
  const grid = page.getByRole('grid', { name: 'Memory bytes', exact: true });
  await grid.locator('[role=gridcell]').first().waitFor();
  const idle = await page.evaluate(frames, { seconds: unless(2, 0.2), step: 0 });
  console.log(
    `\n### Scrolling 4 GiB\n\nWith nothing to do: ${idle.rate.toFixed(1)} frames/s, all this machine can do now.\n`,
  );
  for (const [what, step] of [
    ['three rows a frame', 60],
    ['a screen a frame', 700],
    ['jumps through all of it', 300_000],
  ]) {
    const { rate, worst, empty } = await page.evaluate(frames, { seconds: SECONDS, step });
    console.log(
      `${what}: ${rate.toFixed(1)} frames/s, worst frame ${worst.toFixed(0)} ms; ` +
        `${(empty * 100).toFixed(1)} % of them had a row without its bytes.`,
    );
    // A machine that is busy with other work does not reach 60 even without anything to draw.
    if (rate < 0.95 * Math.min(60, idle.rate))
      missed.push(`${what}: ${rate.toFixed(1)} frames a second, not 60`);
  }
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

function ms(time) {
  return `${time.toFixed(time < 10 ? 2 : 0)} ms`;
}

/**
 * Connects to workbench and echo, as the page itself does, and makes an instance. Runs in the page
 * and returns the instance's tab.
 */
async function prepare({ module, echo }) {
  const open = (url) =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(url);
      socket.binaryType = 'arraybuffer';
      socket.onopen = () => resolve(socket);
      socket.onerror = () => reject(new Error(`no connection to ${url}`));
    });
  const workbench = await open(`ws://${location.host}/ws${location.search}`);
  const plain = await open(echo);
  const waiting = new Map();
  let last = 0;
  const split = (frame) => {
    const length = new DataView(frame).getUint32(0, true);
    const message = JSON.parse(new TextDecoder().decode(new Uint8Array(frame, 4, length)));
    return { ...message, bytes: new Uint8Array(frame.slice(4 + length)) };
  };
  workbench.onmessage = ({ data }) => {
    const message = typeof data === 'string' ? JSON.parse(data) : split(data);
    const answer = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error) answer?.reject(new Error(message.error.message));
    else answer?.resolve(message);
  };
  globalThis.ask = (method, params, bytes) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, { resolve, reject });
      const json = JSON.stringify({ id, method, params });
      if (!bytes) return workbench.send(json);
      const head = new TextEncoder().encode(json);
      const frame = new Uint8Array(4 + head.length + bytes.length);
      new DataView(frame.buffer).setUint32(0, head.length, true);
      frame.set(head, 4);
      frame.set(bytes, 4 + head.length);
      workbench.send(frame);
    });
  globalThis.echo = (bytes) =>
    new Promise((resolve) => {
      plain.onmessage = ({ data }) => resolve(new Uint8Array(data));
      plain.send(bytes);
    });
  const { ok: made } = await globalThis.ask('tab.new', { title: 'memory.wat', text: module });
  const tab = made.summary.id;
  const limits = { ...made.settings.limits, memory_pages: 65_536, call_ms: 0 };
  await globalThis.ask('tab.configure', {
    tab,
    settings: { ...made.settings, compiler: 'cranelift', limits },
  });
  const { ok: report } = await globalThis.ask('tab.run', { tab });
  if (report.outcome.outcome !== 'ready') throw new Error(JSON.stringify(report.outcome));
  return tab;
}

/**
 * Measures the milliseconds of a read of one size, round by round: first the echo's, then those of
 * each place. Runs in the page.
 */
async function read({ tab, size, places, rounds, reads }) {
  const bytes = new Uint8Array(size).fill(7);
  const asked = (offset) =>
    globalThis.ask('memory.read', { tab, memory: 'memory', offset, length: size });
  const jobs = [() => globalThis.echo(bytes), ...places.map((place) => () => asked(String(place)))];
  const times = jobs.map(() => []);
  for (let round = -1; round < rounds; round++) {
    for (const [index, job] of jobs.entries()) {
      const began = performance.now();
      for (let count = 0; count < reads; count++) await job();
      // The first round warms both up.
      if (round >= 0) times[index].push((performance.now() - began) / reads);
    }
  }
  return times;
}

/**
 * Measures the seconds to search bytes that are all in use, forwards and backwards, for bytes that
 * are not there. Runs in the page.
 */
async function search({ tab, length }) {
  const where = { tab, memory: 'memory' };
  const noise = crypto.getRandomValues(new Uint8Array(65_536));
  const block = Uint8Array.from({ length: 1 << 20 }, (_, index) => noise[index % noise.length]);
  await globalThis.ask('memory.fill', { ...where, offset: '0', length: String(length) }, block);
  const wanted = new TextEncoder().encode('this is nowhere in noise');
  const seconds = {};
  for (const backwards of [false, true]) {
    let [start, end] = ['0', String(length)];
    const began = performance.now();
    for (;;) {
      const asked = { ...where, start, end, backwards, most: 1 };
      const { ok } = await globalThis.ask('memory.search', asked, wanted);
      if (ok.found.length > 0) throw new Error('noise has words in it');
      if (ok.next === null) break;
      if (backwards) end = ok.next;
      else start = ok.next;
    }
    seconds[backwards ? 'backwards' : 'forwards'] = (performance.now() - began) / 1000;
  }
  return seconds;
}

/**
 * Measures the seconds to search all of the memory for bytes that are not there. Runs in the page.
 */
async function searchAll(tab) {
  const wanted = new TextEncoder().encode('this is nowhere in noise');
  const began = performance.now();
  for (let start = '0'; start !== null;) {
    const asked = { tab, memory: 'memory', start, end: String(2 ** 32), backwards: false, most: 1 };
    start = (await globalThis.ask('memory.search', asked, wanted)).ok.next;
  }
  return (performance.now() - began) / 1000;
}

/** Returns true if the bytes of the first row are shown. Runs in the page. */
function shown() {
  const cell = document.querySelector('[role=grid][aria-label="Memory bytes"] [role=gridcell]');
  return cell?.checkVisibility() && /^[0-9a-f]{2}$/.test(cell.textContent);
}

/** Returns the nanoseconds of one call in the guest. Runs in the page. */
async function work({ tab, count }) {
  const { ok } = await globalThis.ask('tab.call', {
    tab,
    export: 'work',
    arguments: [String(count)],
  });
  if (ok.outcome.outcome !== 'returned') throw new Error(JSON.stringify(ok.outcome));
  return ok.record.timings.call;
}

/** Returns how often a second the first row shows other bytes. Runs in the page. */
async function watch(time) {
  const canvas = document.querySelector('[role=grid][aria-label="Memory bytes"] canvas');
  const row = () => canvas.getContext('2d').getImageData(0, 0, canvas.width, 20).data.join();
  let [count, last] = [0, row()];
  const start = performance.now();
  while (performance.now() - start < time) {
    await new Promise(requestAnimationFrame);
    const now = row();
    if (now !== last) count++;
    last = now;
  }
  return (count * 1000) / (performance.now() - start);
}

/**
 * Returns the frames a second while the grid is scrolled to and fro by `step` pixels each frame.
 * Runs in the page.
 */
async function frames({ seconds, step }) {
  const grid = document.querySelector('[role=grid][aria-label="Memory bytes"]');
  const start = performance.now();
  let [count, empty, worst, last, by] = [0, 0, 0, start, step];
  grid.scrollTop = step > 10_000 ? 0 : grid.scrollHeight / 2;
  while (performance.now() - start < seconds * 1000) {
    const before = grid.scrollTop;
    grid.scrollTop += by;
    if (step > 0 && grid.scrollTop === before) by = -by;
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    worst = Math.max(worst, now - last);
    last = now;
    count++;
    // Only the first cell of each row counts, because the characters of a row show zeros as the
    // same dots.
    const cells = [
      ...grid.querySelectorAll('[role=row]:not([hidden]) > [role=gridcell][aria-colindex="2"]'),
    ];
    if (step > 0 && cells.some((cell) => cell.textContent.includes('··'))) empty++;
  }
  return { rate: count / ((performance.now() - start) / 1000), worst, empty: empty / count };
}
