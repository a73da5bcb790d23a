// The time from what a person does to what the person sees, in Chromium. Prints a table for docs/performance.md.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { unless } from './moment.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
const TOKEN = 'a-token-that-was-given-by-hand';
const ROUNDS = unless(15, 1);
const SESSIONS = unless(5, 1);
const data = mkdtempSync(join(tmpdir(), 'watshop-feel-'));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-gpu'],
});

/** Starts a session: a workbench and a page on it. */
async function session() {
  const server = spawn(
    join(ROOT, 'target', 'release', 'watshop'),
    ['serve', '--no-open', '--port', '0'],
    {
      env: { ...process.env, WATSHOP_DATA_DIR: data, WATSHOP_TOKEN: TOKEN },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const printed = await new Promise((resolve) =>
    createInterface(server.stdout).once('line', resolve),
  );
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  await page.addInitScript(watch);
  await page.goto(printed.replace(/token=.*/, `token=${TOKEN}`));
  await page.getByRole('textbox', { name: 'WAT source' }).waitFor();
  const end = async () => {
    await context.close();
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill();
    await ended;
  };
  return { page, end };
}

/**
 * Runs in the page: `globalThis.seen(what)` is the time from the next key or press, or the event `began`, to the first frame in which
 * the function `what` returns true. A press counts from its end, as a button acts then.
 */
function watch() {
  globalThis.seen = (what) => {
    globalThis.took = undefined;
    const acts = ['keydown', 'click', 'began'];
    const begin = (event) => {
      for (const act of acts) removeEventListener(act, begin, true);
      const look = () => {
        if (what()) globalThis.took = performance.now() - event.timeStamp;
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    };
    for (const act of acts) addEventListener(act, begin, true);
  };
}

/** Returns the time of an act in ms. `what` is the text of a function, which the page asks. */
async function time(page, what, act) {
  await page.evaluate(`globalThis.seen(${what})`);
  await act();
  await page.waitForFunction(() => globalThis.took !== undefined, undefined, { polling: 20 });
  return page.evaluate(() => globalThis.took);
}

const rows = [];
const row = (name, most, times) => {
  times.sort((a, b) => a - b);
  const [median, slow] = [times[times.length >> 1], times[Math.floor(times.length * 0.9)]];
  rows.push(`| ${name} | ≤ ${most} ms | ${Math.round(median)} ms | ${Math.round(slow)} ms |`);
};
const each = async (rounds, one) => {
  const times = [];
  for (let round = 0; round < rounds; round++) times.push(await one(round));
  return times;
};

/** True if the table of timings has another row than before. */
const ROW = `(() => { const rows = () => document.querySelectorAll('table[aria-label="Timings"] tbody tr').length; const before = rows(); return () => rows() > before; })()`;

// Other text each time, so that nothing comes from the cache.
const first = await each(SESSIONS, async (round) => {
  const { page, end } = await session();
  await page.keyboard.press('Alt+Shift+4');
  await page.locator('table[aria-label="Timings"], [aria-label="Timings table"]').first().waitFor();
  await page.getByRole('textbox', { name: 'WAT source' }).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(`(module (func (export "f") (result i32) i32.const ${round}))`);
  await page.waitForTimeout(1_500);
  const ran = ROW;
  const took = await time(page, ran, () => page.keyboard.press('Control+Enter'));
  await page.getByRole('button', { name: 'Clear timings' }).click();
  await end();
  return took;
});
row('Ctrl+Enter → result, the first Run of a session, nothing in the cache', 400, first);

const { page, end } = await session();
const text = page.getByRole('textbox', { name: 'WAT source' });
await page.keyboard.press('Alt+n');
await page.waitForFunction(
  () => !document.querySelector('.cm-content').textContent.includes('"f"'),
);
await page.waitForTimeout(300);
await text.click();
await page.keyboard.press('Control+a');
await page.keyboard.insertText(
  '(module (func (export "add") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1))))',
);
// The Call button is there before the module has run, so the run is awaited by its row.
await time(page, ROW, () => page.keyboard.press('Control+Enter'));
await page.getByRole('button', { name: 'Call add', exact: true }).waitFor();

row(
  'Ctrl+Enter → result, from the cache',
  60,
  await each(ROUNDS, () => time(page, ROW, () => page.keyboard.press('Control+Enter'))),
);
const result = (value) =>
  `() => document.querySelector('[aria-label="Result of add"]')?.textContent.startsWith('${value}')`;
row(
  'Call → result',
  50,
  await each(ROUNDS, async (round) => {
    await page.getByRole('textbox', { name: 'add argument 1' }).fill(String(100 * (round + 1)));
    return time(page, result(100 * (round + 1) + 1), () =>
      page.getByRole('button', { name: 'Call add', exact: true }).click(),
    );
  }),
);
row(
  'key → underline',
  120,
  await each(ROUNDS, async () => {
    await text.click();
    await page.keyboard.press('Control+Home');
    const underlined = `() => document.querySelector('.cm-lintRange-error, .cm-lintPoint-error')`;
    const took = await time(page, underlined, () => page.keyboard.press(')'));
    await page.keyboard.press('Backspace');
    await page.waitForFunction(
      () => !document.querySelector('.cm-lintRange-error, .cm-lintPoint-error'),
    );
    return took;
  }),
);
const shows = (word) =>
  `() => document.querySelector('.cm-content')?.textContent.includes('${word}')`;
row(
  'Alt+1, Alt+2 → the other tab’s text',
  60,
  await each(ROUNDS, (round) =>
    round % 2 === 0
      ? time(page, shows('"f"'), () => page.keyboard.press('Alt+1'))
      : time(page, shows('"add"'), () => page.keyboard.press('Alt+2')),
  ),
);
const chosen = (name) =>
  `() => document.querySelector('.status [role="radiogroup"] label:has(:checked)')?.textContent.trim() === '${name}' && document.querySelectorAll('.dv-tab').length > 0`;
row(
  'Alt+Shift+1 to 4 → the other layout',
  100,
  await each(ROUNDS, (round) => {
    const at = round % 4;
    const name = ['Learn', 'Compare', 'Memory', 'Engineer'][at];
    return time(page, chosen(name), () => page.keyboard.press(`Alt+Shift+${at + 1}`));
  }),
);

const large = join(data, 'large.wasm');
writeFileSync(large, largeModule(30_000_000));
row(
  'a file of 30 MB → first sign',
  100,
  await each(unless(3, 1), async () => {
    const before = await page.locator('[data-part="tabs"] [role="tab"]').count();
    const sign = `() => document.querySelectorAll('[data-part="tabs"] [role="tab"]').length > ${before} || document.querySelector('[data-part="tabs"] progress')`;
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Open files' }).click();
    const took = await time(page, sign, async () => {
      const chooser = await choosing;
      await page.evaluate(() => dispatchEvent(new Event('began')));
      await chooser.setFiles(large);
    });
    await page.waitForFunction(
      (count) => document.querySelectorAll('[data-part="tabs"] [role="tab"]').length > count,
      before,
      { timeout: 60_000 },
    );
    await page.keyboard.press('Alt+w');
    return took;
  }),
);
await end();
await browser.close();
rmSync(data, { recursive: true, force: true });

console.log(`
### What a person does, and what is seen then, in Chromium

| from → to | promise | median | nine of ten |
| --- | --- | --- | --- |
${rows.join('\n')}`);

/** Returns a module of about so many bytes: functions of 10,000 instructions. */
function largeModule(bytes) {
  const body = 10_000;
  const count = Math.floor(bytes / (body + 6));
  const u32 = (value) => {
    const out = [];
    do {
      out.push((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
      value >>>= 7;
    } while (value > 0);
    return out;
  };
  const section = (id, content) =>
    Buffer.concat([Buffer.from([id, ...u32(content.length)]), content]);
  const one = Buffer.concat([
    Buffer.from([...u32(body + 2), 0]),
    Buffer.alloc(body, 1),
    Buffer.from([0x0b]),
  ]);
  return Buffer.concat([
    Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]),
    section(1, Buffer.from([1, 0x60, 0, 0])),
    section(3, Buffer.from([...u32(count), ...new Array(count).fill(0)])),
    section(10, Buffer.concat([Buffer.from(u32(count)), ...new Array(count).fill(one)])),
  ]);
}
