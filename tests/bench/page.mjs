// The time until the page can be used in Chromium, and its size. Prints a table for
// docs/performance.md.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { unless } from './moment.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
// A token that opens the page any number of times. The printed address does so once.
const TOKEN = 'a-token-that-was-given-by-hand';
const data = mkdtempSync(join(tmpdir(), 'watshop-bench-'));
const server = spawn(join(ROOT, 'target', 'release', 'watshop'), ['serve', '--no-open'], {
  env: { ...process.env, WATSHOP_DATA_DIR: data, WATSHOP_TOKEN: TOKEN },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const printed = await new Promise((resolve) =>
  createInterface(server.stdout).once('line', resolve),
);
const address = printed.replace(/token=.*/, `token=${TOKEN}`);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
  ],
});

const times = [];
for (let round = 0; round < unless(9, 1); round++) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  // The time counts from the request: the time origin of the page is the start of its navigation.
  await page.addInitScript(() => {
    const usable = () => {
      const run = [...document.querySelectorAll('button')].find(
        (button) => button.textContent.trim() === 'Run',
      );
      const editor = document.querySelector('[aria-label="WAT source"]');
      if (run && !run.disabled && editor) globalThis.usableAfter ??= performance.now();
    };
    new MutationObserver(usable).observe(document, {
      subtree: true,
      childList: true,
      attributes: true,
    });
  });
  await page.goto(address);
  await page.waitForFunction(() => globalThis.usableAfter);
  times.push(await page.evaluate(() => globalThis.usableAfter));
  await context.close();
}
await browser.close();
server.kill();
rmSync(data, { recursive: true, force: true });

times.sort((a, b) => a - b);
console.log(
  '\n### The page in Chromium, from loopback, with an empty browser cache\n\n| | |\n| --- | --- |',
);
console.log(
  `| usable after (median of ${times.length}) | ${Math.round(times[times.length >> 1])} ms |`,
);
console.log(`| slowest | ${Math.round(times.at(-1))} ms |`);
const sizes = execFileSync('node', ['ui/checks/size.js'], { cwd: ROOT, encoding: 'utf8' });
console.log(`\n${sizes.split('\n').find((line) => line.startsWith('Page:'))}`);
