// What modules with many or large parts cost the workbench: the time to open, list and run them, its
// memory, the largest message to a second window, the longest wait of another tab, and the longest
// time for which a task kept a thread that answers. Then the same work at n, 2n and 4n. Prints tables
// for docs/performance.md.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import * as made from './modules.mjs';
import { MOMENT, unless } from './moment.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
const PROGRAMS = process.env.WATSHOP_PROGRAMS ?? join(ROOT, 'target', 'release');
const ONLY = process.env.WATSHOP_GROWTH;
const TOKEN = 'a-token-that-was-given-by-hand';
/** The part of each count that is enough for a moment. */
const part = (count) => unless(count, Math.ceil(count / 100));

/** Modules of at most 1 MB, with the work that is done on each after it is opened. */
const LARGE = [
  ['20,000 exports of 200 parameters', () => made.exportsOf(part(20_000), 200)],
  [
    '20,000 exports of 1,000 parameters and results',
    () => made.exportsOf(part(20_000), 1000, 1000),
  ],
  ['100,000 exports', () => made.exportsOf(part(100_000))],
  ['100,000 exported globals', () => made.globalsOf(part(100_000))],
  ['4,000 exports of types of 200 parameters', () => made.typesOf(part(4000), 200)],
  ['9 exports with names of 100,000 letters', () => made.longExportsOf(9, part(100_000))],
  ['100,000 imports', () => made.importsOf(part(100_000))],
  ['100,000 imports of 1,000 parameters', () => made.importsOf(part(100_000), 1000)],
  ['9 imports with names of 100,000 letters', () => made.longImportsOf(9, part(100_000))],
  ['200,000 functions', () => made.functionsOf(part(200_000))],
  ['26,000 calls of a name of 40,000 letters', () => made.callsOf(part(26_000), part(40_000))],
  ['a trap below 24 names of 40,000 letters', () => made.deepOf(24, part(40_000)), ['go']],
  ['24 functions with names of 40,000 letters', () => made.namesOf(24, part(40_000))],
  ['200,000 custom sections', () => made.customsOf(part(200_000))],
  ['9 custom sections with names of 100,000 letters', () => made.customsOf(9, part(100_000))],
  ['60,000 data segments', () => made.dataOf(part(60_000))],
  ['a table of 800,000 elements', () => made.tableOf(part(800_000))],
  [
    'a table of 100,000 elements with a name of 100,000 letters',
    () => made.tableOf(part(100_000), part(100_000)),
  ],
  ['300,000 types', () => made.unusedTypesOf(part(300_000))],
  ['300,000 blocks within blocks', () => made.nestedOf(part(300_000)), ['go']],
  ['a jump with 900,000 targets', () => made.jumpsOf(part(900_000)), ['go']],
  ['50,000 named locals', () => made.localsOf(part(50_000))],
  ['9 locals with names of 100,000 letters', () => made.localsOf(9, part(100_000))],
  ['240,000 element segments', () => made.elementsOf(part(240_000))],
  ['300,000 memories', () => made.memoriesOf(part(300_000))],
  ['10,000 functions of 50,000 locals', () => made.manyLocalsOf(part(10_000), 50_000)],
];

const longText = (count) =>
  Buffer.from(
    `(module\n${lines(count, (n) => `(func (export "f${n}") (result i32) (i32.add (i32.const ${n}) (i32.const 1)))`)})`,
  );

const lines = (count, line) => Array.from({ length: count }, (_, n) => line(n)).join('\n');
const binary = (make) => (n) => ({ name: 'm.wasm', bytes: make(n) });
const written = (make) => (n) => ({ name: 'm.wat', bytes: Buffer.from(make(n)) });

/** Each kind of part, its least count, and the module with a count of it. */
const KINDS = [
  ['exports', part(15_000), binary(made.exportsOf)],
  ['imports', part(15_000), binary(made.importsOf)],
  ['functions', part(40_000), binary(made.functionsOf)],
  ['names', part(15_000), binary(made.namesOf)],
  ['data segments', part(15_000), binary(made.dataOf)],
  ['table elements', part(100_000), binary(made.tableOf)],
  [
    'lines of text',
    part(50_000),
    written(
      (n) => `(module (memory 1) (func (export "f")\n${lines(n, () => '(drop (i32.const 1))')}))`,
    ),
  ],
  [
    'functions in text',
    part(10_000),
    written((n) => `(module\n${lines(n, (i) => `(func $f${i} (export "f${i}") (param i32))`)})`),
  ],
  [
    'imports in text',
    part(10_000),
    written((n) => `(module\n${lines(n, (i) => `(import "m" "f${i}" (func (param i32)))`)})`),
  ],
  [
    'wrong functions',
    part(10_000),
    written((n) => `(module\n${lines(n, () => '(func (result i32))')})`),
  ],
];

/** A window: it sends requests and notes the largest message that comes. */
class Window {
  #socket;
  #waiting = new Map();
  #last = 0;
  largest = 0;

  static async open(address) {
    const window = new Window();
    window.#socket = new WebSocket(address, { maxPayload: 2 ** 31 - 1, perMessageDeflate: false });
    window.#socket.on('message', (data, isBinary) => window.#receive(data, isBinary));
    await new Promise((done, failed) => {
      window.#socket.once('open', done);
      window.#socket.once('error', failed);
    });
    return window;
  }

  /** Returns the reply. An error of the workbench is a reply too. */
  ask(method, params = {}, bytes = null) {
    const id = ++this.#last;
    const json = Buffer.from(JSON.stringify({ id, method, params }));
    const head = Buffer.alloc(4);
    head.writeUInt32LE(json.length);
    this.#socket.send(bytes ? Buffer.concat([head, json, bytes]) : json.toString());
    return new Promise((done) => this.#waiting.set(id, done));
  }

  close() {
    this.#socket.close();
  }

  #receive(data, isBinary) {
    this.largest = Math.max(this.largest, data.length);
    // Events begin with their name. Nothing of them is needed but their size.
    const json = isBinary ? data.subarray(4, 4 + data.readUInt32LE(0)) : data;
    if (json.subarray(0, 8).toString() === '{"event"') return;
    const reply = JSON.parse(json.toString());
    this.#waiting.get(reply.id)?.(reply);
    this.#waiting.delete(reply.id);
  }
}

const data = mkdtempSync(join(tmpdir(), 'watshop-bench-'));
const server = spawn(join(PROGRAMS, 'watshop'), ['serve', '--no-open'], {
  env: {
    ...process.env,
    WATSHOP_DATA_DIR: data,
    WATSHOP_TOKEN: TOKEN,
    WATSHOP_LOG: 'warn,watshop_parent::timed=debug',
  },
  stdio: ['ignore', 'pipe', 'pipe'],
});
/** The longest time in milliseconds for which a task kept its thread, if that was over 5. */
let kept = { time: 0, task: '' };
createInterface(server.stderr).on('line', (line) => {
  const found = /task="([^"]*)" kept=([\d.]+)(ms|s)/.exec(line.replaceAll(/\x1b\[[\d;]*m/g, ''));
  if (!found) return void console.error(line);
  const time = Number(found[2]) * (found[3] === 's' ? 1000 : 1);
  if (time > kept.time) kept = { time, task: found[1] };
});
server.once('exit', (status, signal) => {
  if (status !== 0 && signal !== 'SIGTERM') throw new Error(`watshop serve: ${status ?? signal}`);
});
const missed = [];
try {
  const printed = await new Promise((resolve) =>
    createInterface(server.stdout).once('line', resolve),
  );
  const address = `${printed.replace(/^.*http/, 'ws').replace(/\/\?.*$/, '')}/ws?token=${TOKEN}`;
  const [window, other] = [await Window.open(address), await Window.open(address)];
  const small = (await window.ask('tab.new', { title: 'small.wat' })).ok.summary.id;

  console.log('\n### Modules of at most 1 MB with many or large parts\n');
  console.log(
    '| module | size | opened | all of it | memory | largest message | longest wait | longest on a thread |\n| --- | --- | --- | --- | --- | --- | --- | --- |',
  );
  for (const [what, make, calls = []] of LARGE) {
    const figures = await large(what, () => ({ name: 'large.wasm', bytes: make() }), calls);
    if (figures?.result > 2000) missed.push(`${what}: opened in ${ms(figures.result)}, not 2 s`);
    if (figures?.memory > 200e6) missed.push(`${what}: ${mb(figures.memory)}, not 200 MB`);
  }
  // A text of this length has no bound for its own time and memory.
  await large('20 MB of text', () => ({ name: 'large.wat', bytes: longText(part(300_000)) }), []);

  console.log('\n### The same work at n, 2n and 4n\n');
  console.log(
    '| kind | n | n | 2n | 4n | 4n beside n | longest wait | longest on a thread |\n| --- | --- | --- | --- | --- | --- | --- | --- |',
  );
  for (const [what, least, make] of KINDS) {
    if (ONLY && !new RegExp(ONLY).test(what)) continue;
    await row(what, least, make, async (file) => {
      const { tab } = await open(window, file);
      await exercise(window, tab, []);
      await window.ask('imports.provide_all', { tab });
      await window.ask('imports.list', { tab, from: 0 });
      await window.ask('tab.run', { tab });
      await window.ask('tab.close', { tab });
    });
  }
  if (!ONLY || new RegExp(ONLY).test('tabs')) {
    let opened = [];
    const many = (count) => count;
    await row('tabs', part(100), many, async (count) => {
      for (const tab of opened) await window.ask('tab.close', { tab });
      opened = [];
      for (let n = 0; n < count; n++)
        opened.push((await window.ask('tab.new', { title: `${n}.wat` })).ok.summary.id);
    });
  }

  /** Opens a file, asks for all of it, closes it, and prints the figures. */
  async function large(what, make, calls) {
    if (ONLY && !new RegExp(ONLY).test(what)) return;
    const file = make();
    const figures = await measured(window, other, small, async () => {
      const { opened, tab } = await open(window, file);
      await exercise(window, tab, calls);
      await window.ask('tab.close', { tab });
      return opened;
    });
    const { result, time, memory, largest, wait } = figures;
    console.log(
      `| ${what} | ${kb(file.bytes.length)} | ${ms(result)} | ${ms(time)} | ${mb(memory)} | ${kb(largest)} | ${ms(wait)} | ${onThread(figures.kept)} |`,
    );
    if (wait > 100) missed.push(`${what}: another tab waited ${ms(wait)}, not 100 ms`);
    holds(what, figures.kept);
    return figures;
  }

  function holds(what, { time, task }) {
    if (time > 5) missed.push(`${what}: ${task} kept a thread for ${ms(time)}, not 5 ms`);
  }

  /** Prints the times of one kind of work. Each is the shortest of several. */
  async function row(what, least, make, work) {
    const times = [];
    let wait = 0;
    let longest = { time: 0, task: '' };
    for (const count of [least, 2 * least, 4 * least]) {
      // It is made before, because this process can take no answer meanwhile.
      const made = make(count);
      let shortest = Infinity;
      for (let round = 0; round < unless(2, 1); round++) {
        const figures = await measured(window, other, small, () => work(made));
        shortest = Math.min(shortest, figures.time);
        wait = Math.max(wait, figures.wait);
        if (figures.kept.time > longest.time) longest = figures.kept;
      }
      times.push(shortest);
    }
    const growth = times[2] / times[0];
    console.log(
      `| ${what} | ${least.toLocaleString('en')} | ${times.map(ms).join(' | ')} | ${growth.toFixed(1)}× | ${ms(wait)} | ${onThread(longest)} |`,
    );
    holds(what, longest);
    if (growth > 8) missed.push(`${what}: 4n took ${growth.toFixed(1)}× the time of n`);
  }
} finally {
  const ended = new Promise((done) => server.once('exit', done));
  server.kill();
  await ended;
  rmSync(data, { recursive: true, force: true });
}
const broken = MOMENT ? [] : missed;
for (const promise of broken) console.log(`\nNot kept: ${promise}.`);
if (broken.length > 0) process.exitCode = 1;
process.exit();

/** Opens a file, and gives the time until the reply. */
async function open(window, { name, bytes }) {
  const began = performance.now();
  const reply = await window.ask('tab.open_bytes', { name }, bytes);
  if (!reply.ok) throw new Error(reply.error.message.slice(0, 300));
  return { opened: performance.now() - began, tab: reply.ok.summary.id };
}

/** Asks everything that a page asks about a tab that it shows. */
async function exercise(window, tab, calls) {
  const ask = async (method, params = {}) => {
    const began = performance.now();
    const reply = await window.ask(method, { tab, ...params });
    const took = performance.now() - began;
    if (process.env.WATSHOP_STEPS)
      console.error(
        `  ${method} ${ms(took)} ${(reply.error ?? reply.ok?.outcome?.error)?.message.slice(0, 200) ?? ''}`,
      );
  };
  await ask('imports.list', { from: 0 });
  await ask('tab.get');
  await ask('tab.run');
  await ask('tab.exports');
  await ask('tab.code');
  await ask('memory.segments', { memory: 'memory' });
  await ask('table.read', { table: 'table', offset: 0, length: 1000 });
  for (const name of calls) await ask('tab.call', { export: name, arguments: [] });
  await ask('imports.code', { language: 'rust' });
  await ask('imports.offers', { module: 'm', name: 'f0' });
}

/** Does work, and measures it, the memory of the workbench, the messages, and the waits of others. */
async function measured(window, other, small, work) {
  const pause = (time) => new Promise((done) => setTimeout(done, time));
  writeFileSync(`/proc/${server.pid}/clear_refs`, '5');
  const before = memory('VmRSS');
  window.largest = other.largest = 0;
  kept = { time: 0, task: '' };
  let [working, wait] = [true, 0];
  const waiting = (async () => {
    while (working) {
      const began = performance.now();
      await other.ask('tab.get', { tab: small });
      wait = Math.max(wait, performance.now() - began);
      await pause(5);
    }
  })();
  const began = performance.now();
  const result = await work();
  const time = performance.now() - began;
  working = false;
  await waiting;
  const largest = Math.max(window.largest, other.largest);
  return { result, time, wait, kept, largest, memory: Math.max(0, memory('VmHWM') - before) };
}

function memory(field) {
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
  return Number(status.match(new RegExp(`${field}:\\s+(\\d+)`))[1]) * 1024;
}

function ms(time) {
  return time < 10 ? `${time.toFixed(1)} ms` : `${Math.round(time).toLocaleString('en')} ms`;
}

function onThread({ time, task }) {
  return time === 0 ? '≤ 5 ms' : `${ms(time)} (${task})`;
}

function kb(size) {
  return `${Math.round(size / 1000).toLocaleString('en')} KB`;
}

function mb(size) {
  return `${Math.round(size / 1e6)} MB`;
}
