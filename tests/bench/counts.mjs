// Code that counts its instructions beside code that does not, in turn: the time in the guest.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unless } from './moment.mjs';

const ROUNDS = unless(7, 1);
const PROGRAMS = join(import.meta.dirname, '..', '..', 'target', 'release');
const COMPILERS = ['singlepass', 'cranelift', 'llvm'];

/** A loop with a branch, calls with little between them, and a long block without a branch. */
const KINDS = [
  {
    name: 'steps of the Collatz sequences up to',
    argument: unless(1_000_000, 100),
    text: `(module (func (export "f") (param $n i32) (result i32)
      (local $i i32) (local $x i32) (local $steps i32)
      (loop $next
        (local.set $x (local.tee $i (i32.add (local.get $i) (i32.const 1))))
        (loop $step
          (local.set $steps (i32.add (local.get $steps) (i32.const 1)))
          (local.set $x (if (result i32) (i32.and (local.get $x) (i32.const 1))
            (then (i32.add (i32.mul (local.get $x) (i32.const 3)) (i32.const 1)))
            (else (i32.shr_u (local.get $x) (i32.const 1)))))
          (br_if $step (i32.gt_u (local.get $x) (i32.const 1))))
        (br_if $next (i32.lt_u (local.get $i) (local.get $n))))
      (local.get $steps)))`,
  },
  {
    name: 'the Fibonacci number, the slow way, of',
    argument: unless(35, 5),
    text: `(module (func $f (export "f") (param i32) (result i32)
      (if (result i32) (i32.lt_u (local.get 0) (i32.const 2))
        (then (local.get 0))
        (else (i32.add (call $f (i32.sub (local.get 0) (i32.const 1)))
          (call $f (i32.sub (local.get 0) (i32.const 2))))))))`,
  },
  {
    name: 'rounds of 100 multiplications',
    argument: unless(3_000_000, 10),
    text: `(module (func (export "f") (param $n i32) (result i32) (local $x i32)
      (loop $next
        ${'(local.set $x (i32.mul (i32.xor (local.get $x) (i32.const 77)) (i32.const 31)))'.repeat(100)}
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (local.get $x)))`,
  },
];

const folder = mkdtempSync(join(tmpdir(), 'watshop-counts-'));
const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];

/** Returns the JSON of a run. */
function run(file, argument, ...options) {
  const words = ['run', file, '--invoke', 'f', String(argument), '--json', ...options];
  const { stdout, stderr, status } = spawnSync(join(PROGRAMS, 'watshop'), words, {
    env: { ...process.env, WATSHOP_DATA_DIR: folder },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${words.join(' ')}: ${stderr}`);
  return JSON.parse(stdout);
}

try {
  console.log('\n### Code that counts its instructions: the time in the guest\n');
  console.log('| program | compiler | instructions | not counted | counted | ratio |');
  console.log('| --- | --- | --- | --- | --- | --- |');
  for (const [at, { name, argument, text }] of KINDS.entries()) {
    const file = join(folder, `${at}.wat`);
    writeFileSync(file, text);
    const totals = new Set();
    for (const compiler of COMPILERS) {
      const [plain, counted] = [[], []];
      for (let round = 0; round < ROUNDS; round += 1) {
        plain.push(run(file, argument, '--compiler', compiler).timings_ns.call / 1e6);
        const report = run(file, argument, '--compiler', compiler, '--count-instructions');
        counted.push(report.timings_ns.call / 1e6);
        totals.add(report.instructions.total);
      }
      const [before, after] = [median(plain), median(counted)];
      const total = [...totals].map((number) => number.toLocaleString('en')).join(' and ');
      console.log(
        `| ${name} ${argument.toLocaleString('en')} | ${compiler} | ${total} | ${before.toFixed(0)} ms | ${after.toFixed(0)} ms | ${(after / before).toFixed(2)}× |`,
      );
    }
    if (totals.size !== 1) throw new Error(`${name}: the counts differ: ${[...totals].join(', ')}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
