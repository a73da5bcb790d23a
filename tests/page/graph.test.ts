// The timing graph by itself: on a canvas, as SVG if that fails, and without keeping the focus.

import { svelte, vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import axe from 'axe-core';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type Page } from 'playwright-core';
import { type PreviewServer, build, preview } from 'vite';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { record } from '../../ui/src/graph/testing.ts';
import type { RunRecord } from '../../ui/src/protocol.ts';
import { launch } from './browser';

const outDir = mkdtempSync(join(tmpdir(), 'watshop-graph-'));
let server: PreviewServer;
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  const shared = {
    root: join(import.meta.dirname, 'graph'),
    configFile: false as const,
    logLevel: 'warn' as const,
    base: './',
  };
  await build({
    ...shared,
    plugins: [
      svelte({ configFile: false, preprocess: vitePreprocess(), compilerOptions: { runes: true } }),
    ],
    build: { outDir, emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  });
  server = await preview({
    ...shared,
    build: { outDir },
    preview: {
      host: '127.0.0.1',
      port: 0,
      // The page's own policy for scripts.
      headers: {
        'Content-Security-Policy':
          "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:",
      },
    },
  });
  browser = await launch('with');
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(outDir, { recursive: true, force: true });
});
afterEach(() => page.context().close());

const RECORDS = [
  record('singlepass', {
    parse: 41_000,
    compile: 900_000,
    seal: 300_000,
    load: 150_000,
    instantiate: 90_000,
  }),
  record('cranelift', {
    parse: 39_000,
    compile: 4_200_000,
    seal: 310_000,
    load: 120_000,
    instantiate: 80_000,
  }),
  record('llvm', {
    parse: 40_000,
    compile: 61_000_000,
    seal: 290_000,
    load: 110_000,
    instantiate: 85_000,
  }),
  record('llvm', { call: 12_000 }, { kind: 'call', export: 'fib' }),
];

/** Opens the page; `broken` runs before its own scripts do. */
async function open(broken?: () => void): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 900, height: 520 } });
  page = await context.newPage();
  complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  if (broken) await page.addInitScript(broken);
  const [{ port }] = [server.httpServer.address() as { port: number }];
  await page.goto(`http://127.0.0.1:${port}/`);
}

/** Waits until an expectation holds. A busy machine draws slowly. */
const soon = <T>(what: () => T | Promise<T>) => expect.poll(what, { timeout: 30_000 });

const graph = () => page.locator('.timing-graph');
const image = () => page.getByRole('img', { name: 'Timing graph' });

async function show(records: RunRecord[], more: object = {}): Promise<void> {
  await page.evaluate((shown) => window.show(shown), { records, ...more });
}

async function untilDrawnBy(renderer: 'canvas' | 'svg'): Promise<void> {
  await soon(() => graph().getAttribute('data-renderer')).toBe(renderer);
}

function withoutWebGl(): void {
  const original = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (
    this: HTMLCanvasElement,
    kind: string,
    ...rest: unknown[]
  ) {
    return kind.startsWith('webgl') ? null : Reflect.apply(original, this, [kind, ...rest]);
  } as typeof original;
}

/** Counts the image's pixels with a colour far from gray. */
async function colourfulPixels(): Promise<number> {
  const png = (await image().screenshot()).toString('base64');
  return page.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    if (!context) throw new Error('no 2d context');
    context.drawImage(bitmap, 0, 0);
    const { data: pixels } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    let count = 0;
    for (let at = 0; at < pixels.length; at += 4) {
      const [red, green, blue] = pixels.slice(at, at + 3) as unknown as [number, number, number];
      if (Math.max(red, green, blue) - Math.min(red, green, blue) > 60) count++;
    }
    return count;
  }, png);
}

test.each(['light', 'dark'])('draws lines on a canvas in the %s theme', async (theme) => {
  await open();
  await untilDrawnBy('canvas');
  await soon(colourfulPixels).toBe(0);
  await show(RECORDS, { theme, scale: 'log' });
  await soon(() => graph().getAttribute('data-points')).toBe('16');
  expect(await graph().getAttribute('data-series')).toBe('16');
  await soon(colourfulPixels).toBeGreaterThan(200);
  expect(complaints).toEqual([]);
});

test.each(['light', 'dark'])(
  'draws SVG in the %s theme where there is no WebGL, and says so',
  async (theme) => {
    await open(withoutWebGl);
    await show(RECORDS, { theme, scale: 'log' });
    await soon(() => graph().getAttribute('data-points')).toBe('16');
    await page.getByText('WebGL 2 is not available here').waitFor();
    expect(await graph().getAttribute('data-renderer')).toBe('svg');
    expect(await colourfulPixels()).toBeGreaterThan(200);
    expect(complaints).toEqual([]);
  },
);

test('goes on as SVG when the graphics context is lost', async () => {
  await open();
  await show(RECORDS);
  await untilDrawnBy('canvas');
  await page.evaluate(() => {
    const context = document.querySelector('canvas')?.getContext('webgl2');
    context?.getExtension('WEBGL_lose_context')?.loseContext();
  });
  await untilDrawnBy('svg');
  await page.getByText('its graphics context was lost').waitFor();
  expect(await graph().getAttribute('data-points')).toBe('16');
});

test('goes on as SVG when its WebAssembly panics in the middle of a frame', async () => {
  // egui draws its letters from a texture, and cannot go on if there is none.
  await open(() => (WebGL2RenderingContext.prototype.createTexture = () => null!));
  await show(RECORDS);
  await page.getByText('the graph failed').waitFor();
  await untilDrawnBy('svg');
  expect(complaints.filter((complaint) => complaint.includes('RefCell'))).toEqual([]);
  await page.getByRole('button', { name: 'LLVM compile' }).click();
  await soon(() => graph().getAttribute('data-series')).toBe('15');
});

test('grows while runs come in', async () => {
  await open();
  await untilDrawnBy('canvas');
  for (let count = 1; count <= RECORDS.length; count++) {
    const shown = RECORDS.slice(0, count);
    await show(shown);
    const points = shown.flatMap(({ timings }) => Object.keys(timings)).length;
    await soon(() => graph().getAttribute('data-points')).toBe(String(points));
  }
});

test.each([
  ['canvas', undefined],
  ['svg', withoutWebGl],
] as const)('lines are taken out and brought back by the legend (%s)', async (renderer, broken) => {
  await open(broken);
  await show(RECORDS);
  await untilDrawnBy(renderer);
  const entry = page.getByRole('button', { name: 'LLVM compile' });
  await entry.click();
  await soon(() => graph().getAttribute('data-series')).toBe('15');
  expect(await entry.getAttribute('aria-pressed')).toBe('false');
  await entry.click();
  await soon(() => graph().getAttribute('data-series')).toBe('16');
});

test('there is one image of that name at any time, and it is described', async () => {
  await open();
  await show(RECORDS);
  expect(await image().count()).toBe(1);
  await untilDrawnBy('canvas');
  expect(await image().count()).toBe(1);
  const described = await image().getAttribute('aria-describedby');
  expect(await page.locator(`[id="${described}"]`).innerText()).toContain(
    'Latest: call of fib with LLVM: call 12.0 µs.',
  );
});

test('starting it leaves the focus where it is, and Tab gets in and out', async () => {
  await open();
  const focused = () =>
    page.evaluate(
      () =>
        document.activeElement?.getAttribute('aria-label') ??
        document.activeElement?.textContent?.trim(),
    );
  await page.getByLabel('Before').focus();
  await show(RECORDS.slice(3));
  await untilDrawnBy('canvas');
  expect(await focused()).toBe('Before');
  const stops = [];
  for (let press = 0; press < 3; press++) {
    await page.keyboard.press('Tab');
    stops.push(await focused());
  }
  expect(stops).toEqual(['Timing graph', 'LLVM call', 'After']);
});

test('keys of the page reach it from the graph', async () => {
  await open();
  await show(RECORDS);
  await untilDrawnBy('canvas');
  await page.evaluate(() =>
    window.addEventListener('keydown', (event) => (document.title = event.key)),
  );
  await image().focus();
  for (const key of ['F1', 'r', 'Enter', 'ArrowLeft']) {
    await page.keyboard.press(key);
    expect(await page.title()).toBe(key);
  }
});

test('files dropped on the graph reach the page', async () => {
  await open();
  await untilDrawnBy('canvas');
  const name = await page.evaluate(
    () =>
      new Promise((resolve) => {
        window.addEventListener('drop', (event) => resolve(event.dataTransfer?.files[0]?.name));
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(['(module)'], 'dropped.wat'));
        document
          .querySelector('canvas')
          ?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
      }),
  );
  expect(name).toBe('dropped.wat');
});

test('a graph that is taken away leaves nothing behind, and a new one works', async () => {
  await open();
  await show(RECORDS);
  const after = page.getByRole('button', { name: 'After' });
  for (let round = 0; round < 3; round++) {
    await untilDrawnBy('canvas');
    await after.click();
    await soon(() => page.locator('canvas').count()).toBe(0);
    await after.click();
  }
  await untilDrawnBy('canvas');
  expect(await graph().getAttribute('data-points')).toBe('16');
  expect(complaints).toEqual([]);
});

test('a graph that is taken away before it has begun leaves no error', async () => {
  // In the page itself: under load, Chromium lost a request that was held from outside. And before its
  // scripts: on a busy machine, the graph had asked before the page was told to hold it.
  await open(() => {
    const load = window.fetch;
    const held = window as never as { asked: boolean; letGo: () => void };
    const gone = new Promise<void>((done) => (held.letGo = done));
    window.fetch = async (address, options) => {
      const path = address instanceof Request ? address.url : String(address);
      if (path.endsWith('.wasm')) {
        held.asked = true;
        await gone;
      }
      return load(address, options);
    };
  });
  await show(RECORDS);
  await page.waitForFunction(() => (window as never as { asked?: boolean }).asked);
  const after = page.getByRole('button', { name: 'After' });
  await after.click();
  await soon(() => page.locator('canvas').count()).toBe(0);
  await page.evaluate(() => (window as never as { letGo: () => void }).letGo());
  await after.click();
  await untilDrawnBy('canvas');
  expect(complaints).toEqual([]);
});

test.each([
  ['canvas', undefined],
  ['svg', withoutWebGl],
] as const)('axe finds nothing to complain about (%s)', async (renderer, broken) => {
  for (const theme of ['light', 'dark']) {
    await open(broken);
    await show(RECORDS, { theme });
    await untilDrawnBy(renderer);
    await page.evaluate(axe.source);
    const found = await page.evaluate(() =>
      (window as never as { axe: typeof axe }).axe.run('.timing-graph'),
    );
    expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual(
      [],
    );
    if (theme === 'light') await page.context().close();
  }
});
