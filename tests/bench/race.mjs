// The time to the first result of a race, beside a run by Singlepass alone, in turn. Each round has a
// module of its own, so that no cache has its code.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { runnerImport } from 'vite';
import { MOMENT, unless } from './moment.mjs';

const ROUNDS = unless(15, 1);
/** The most that the first result of a race may take of the time of Singlepass alone. */
const PROMISED = 1.15;
const TOKEN = 'a-token-that-was-given-by-hand';
const PROGRAMS = join(import.meta.dirname, '..', '..', 'target', 'release');

/** Returns the text of a module with so many functions. `number` tells it from others. */
function text(functions, number) {
  const body = '(local.set 0 (i32.mul (local.get 0) (i32.const 7)))'.repeat(40);
  const all = Array.from(
    { length: functions },
    (_, at) =>
      `(func (export "f${at}") (param i32) (result i32) ${body} (i32.add (local.get 0) (i32.const ${number})))`,
  );
  return `(module ${all.join('\n')})`;
}

const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];
const data = mkdtempSync(join(tmpdir(), 'watshop-race-'));
const server = spawn(join(PROGRAMS, 'watshop'), ['serve', '--no-open'], {
  env: { ...process.env, WATSHOP_DATA_DIR: data, WATSHOP_TOKEN: TOKEN },
  stdio: ['ignore', 'pipe', 'inherit'],
});
let missed = '';
try {
  const printed = await new Promise((resolve) =>
    createInterface(server.stdout).once('line', resolve),
  );
  const { module } = await runnerImport('tests/page/contract.ts');
  console.log('\n### The first result of a race, beside Singlepass alone\n');
  console.log('| functions | alone | race | ratio |\n| --- | --- | --- | --- |');
  await module.ask(printed.replace(/token=.*/, `token=${TOKEN}`), async (client) => {
    for (const functions of [1, unless(2000, 10)]) {
      const [alone, raced] = [[], []];
      // The first two rounds start the compilers' processes.
      for (let round = -2; round < 2 * ROUNDS; round++) {
        const made = await client['tab.new']({ title: null, text: text(functions, round) });
        const tab = made.summary.id;
        const settings = { ...made.settings, compiler: 'singlepass' };
        await client['tab.configure']({ tab, settings });
        const contender = { engine: 'jit', optimisation: 'speed' };
        const contenders = ['singlepass', 'cranelift'].map((compiler) => ({
          compiler,
          ...contender,
        }));
        if (round % 2 === 0) {
          const { record } = await client['tab.run']({ tab });
          if (round >= 0) alone.push(record.timings.total / 1e6);
        } else {
          const order = { contenders, export: null, arguments: [] };
          const { lanes } = await client['tab.race']({ tab, order });
          if (round >= 0) raced.push(lanes[0].ready_ns / 1e6);
        }
        await client['tab.close']({ tab });
      }
      const [by, first] = [median(alone), median(raced)];
      const ratio = first / by;
      console.log(
        `| ${functions} | ${by.toFixed(1)} ms | ${first.toFixed(1)} ms | ${ratio.toFixed(2)}× |`,
      );
      if (ratio > PROMISED) missed = `\nNot kept: the first result took ${ratio.toFixed(2)}×.`;
    }
  });
} finally {
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill();
  await ended;
  rmSync(data, { recursive: true, force: true });
}
if (missed && !MOMENT) {
  console.log(missed);
  process.exitCode = 1;
}
