// The cost of looking into a guest's memory in the real window, over its IPC: the window under
// Xvfb, driven by WebKit's own WebDriver, as the window's tests do it.

import { runnerImport } from 'vite';
import { MOMENT, unless } from './moment.mjs';

const SIZES = [1, 255, 4096, 65_536, 1 << 20];
/**
 * The reads of each size, in rounds: the clock of WebKit ticks in milliseconds, too coarse for a
 * single one.
 */
const ROUNDS = unless(11, 1);
const READS = unless(20, 1);
const MODULE = '(module (memory (export "memory") 65536))';

/** Sends one request as the page itself does, and returns the reply. Runs in the page. */
const ASK = `
  const ask = async (method, params) => {
    const json = new TextEncoder().encode(JSON.stringify({ id: 1, method, params }));
    const frame = new Uint8Array(4 + json.length);
    new DataView(frame.buffer).setUint32(0, json.length, true);
    frame.set(json, 4);
    const reply = await window.__TAURI_INTERNALS__.invoke('rpc', frame);
    // The 8 bytes before a reply count the events that were sent before it. The benchmark does not
    // wait for them.
    const head = 8 + 4;
    const length = new DataView(reply).getUint32(8, true);
    const message = JSON.parse(new TextDecoder().decode(new Uint8Array(reply, head, length)));
    if (message.error) throw new Error(message.error.message);
    return { ...message, bytes: reply.byteLength - head - length };
  };`;

const { module } = await runnerImport('tests/window/display.ts');
const display = new module.Display();
const ask = (method, params) => display.run(`${ASK} return ask(...arguments)`, method, params);
let missed = '';
try {
  await display.start();
  await display.open();
  const { ok: made } = await ask('tab.new', { title: 'memory.wat', text: MODULE });
  const tab = made.summary.id;
  const limits = { ...made.settings.limits, memory_pages: 65_536 };
  await ask('tab.configure', { tab, settings: { ...made.settings, limits } });
  await ask('tab.run', { tab });
  console.log(
    '\n### Reading from a memory of 4 GiB: from the page to the runner and back, in the window\n',
  );
  console.log('| bytes | median | slowest round |\n| --- | --- | --- |');
  for (const size of SIZES) {
    const params = { tab, memory: 'memory', offset: String(2 ** 31), length: size };
    const times = await display.run(
      `${ASK} return (async (params, rounds, reads) => {
        const times = [];
        // The first round warms up.
        for (let round = -1; round < rounds; round++) {
          const began = performance.now();
          for (let count = 0; count < reads; count++) {
            const { bytes } = await ask('memory.read', params);
            if (bytes !== params.length) throw new Error('asked for ' + params.length + ' bytes, got ' + bytes);
          }
          if (round >= 0) times.push((performance.now() - began) / reads);
        }
        return times.sort((a, b) => a - b);
      })(...arguments)`,
      params,
      ROUNDS,
      READS,
    );
    const [median, slowest] = [times[ROUNDS >> 1], times[ROUNDS - 1]];
    console.log(
      `| ${size.toLocaleString('en')} | ${median.toFixed(2)} ms | ${slowest.toFixed(2)} ms |`,
    );
    if (size === 4096 && median > 16)
      missed = `\nNot kept: a screen took ${median.toFixed(2)} ms, not 16 ms.`;
  }
} finally {
  await display.close();
}
if (missed && !MOMENT) {
  console.log(missed);
  process.exitCode = 1;
}
