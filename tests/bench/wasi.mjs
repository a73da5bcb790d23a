// The cost of recording the calls of WASI: a program that writes a byte a million times, with the
// record on and off in turn. Prints a table for docs/performance.md.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import { MOMENT, unless } from './moment.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
const PROGRAMS = process.env.WATSHOP_PROGRAMS ?? join(ROOT, 'target', 'release');
const TOKEN = 'a-token-that-was-given-by-hand';
const WRITES = unless(1_000_000, 1000);
const ROUNDS = unless(9, 1);
/** The most that a recorded call may cost beside one that is not. */
const MOST = 1.2;

/** Opens `made` in its folder and writes a byte there, or to standard output, many times. */
const program = (toFile) => `(module
  (import "wasi_snapshot_preview1" "path_open"
    (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\\10\\00\\00\\00\\01\\00\\00\\00")
  (data (i32.const 16) "a")
  (data (i32.const 64) "made")
  (func (export "_start") (local $left i32) (local $fd i32)
    (drop (call $open (i32.const 3) (i32.const 0) (i32.const 64) (i32.const 4)
      (i32.const 9) (i64.const 64) (i64.const 0) (i32.const 0) (i32.const 100)))
    (local.set $fd ${toFile ? '(i32.load (i32.const 100))' : '(i32.const 1)'})
    (local.set $left (i32.const ${WRITES}))
    (loop $next
      (if (call $write (local.get $fd) (i32.const 0) (i32.const 1) (i32.const 104)) (then unreachable))
      (local.set $left (i32.sub (local.get $left) (i32.const 1)))
      (br_if $next (local.get $left)))))`;

const [data, folder] = [
  mkdtempSync(join(tmpdir(), 'watshop-bench-')),
  mkdtempSync(join(tmpdir(), 'watshop-bench-')),
];
const server = spawn(
  join(PROGRAMS, 'watshop'),
  ['serve', '--no-open', '--allow-dir', `bench=${folder}`],
  {
    env: { ...process.env, WATSHOP_DATA_DIR: data, WATSHOP_TOKEN: TOKEN },
    stdio: ['ignore', 'pipe', 'inherit'],
  },
);
const missed = [];
let last = 0;
try {
  const printed = await new Promise((resolve, reject) => {
    createInterface(server.stdout).once('line', resolve);
    server.once('exit', (status) => reject(new Error(`watshop serve ended with ${status}`)));
  });
  const { host } = new URL(printed);
  const socket = new WebSocket(`ws://${host}/ws?token=${TOKEN}`);
  await once(socket, 'open');
  console.log(
    `| ${WRITES.toLocaleString('en-GB')} writes of a byte | not recorded | recorded | ratio |`,
  );
  console.log('| --- | ---: | ---: | ---: |');
  for (const [name, toFile] of [
    ['to a file of a folder', true],
    ['to standard output', false],
  ]) {
    const { summary, settings } = await ask(socket, 'tab.new', {
      title: null,
      text: program(toFile),
    });
    const tab = summary.id;
    const source = { kind: 'allowed', name: 'bench' };
    const folders = [{ guest: '/', source, access: 'create' }];
    const times = { off: [], on: [] };
    const ratios = [];
    for (let round = 0; round <= ROUNDS; round++) {
      for (const [key, timeline] of [
        ['off', false],
        ['on', true],
      ]) {
        const wasi = { ...settings.wasi, folders, timeline };
        await ask(socket, 'tab.configure', { tab, settings: { ...settings, wasi } });
        const report = await ask(socket, 'tab.run', { tab });
        if (report.outcome.outcome !== 'exited') throw new Error(JSON.stringify(report.outcome));
        // The first round compiles and fills the caches.
        if (round > 0) times[key].push(report.record.timings.call / WRITES);
      }
      if (round > 0) ratios.push(times.on.at(-1) / times.off.at(-1));
    }
    const { total } = await ask(socket, 'wasi.calls', { tab, filter: {}, from: 0, limit: 1 });
    if (total !== WRITES + 1) throw new Error(`${total} calls were recorded.`);
    const ratio = median(ratios);
    const ns = (list) => `${Math.round(median(list))} ns`;
    console.log(`| ${name} | ${ns(times.off)} | ${ns(times.on)} | ${ratio.toFixed(2)} |`);
    if (ratio > MOST) missed.push(`${name}: ${ratio.toFixed(2)}, and ${MOST} is the most.`);
  }
  socket.close();
} finally {
  const ended = once(server, 'exit');
  server.kill();
  await ended;
  for (const made of [data, folder]) rmSync(made, { recursive: true, force: true });
}
if (missed.length > 0 && !MOMENT) {
  console.error(missed.join('\n'));
  process.exit(1);
}

function median(list) {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
}

function ask(socket, method, params) {
  const id = ++last;
  return new Promise((resolve, reject) => {
    const hear = (bytes, isBinary) => {
      const reply = isBinary ? {} : JSON.parse(bytes.toString());
      if (reply.id !== id) return;
      socket.off('message', hear);
      if (reply.error) reject(new Error(`${method}: ${reply.error.message}`));
      else resolve(reply.ok);
    };
    socket.on('message', hear);
    socket.send(JSON.stringify({ id, method, params }));
  });
}
