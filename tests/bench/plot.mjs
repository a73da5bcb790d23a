// The frames a second at which the timing graph pans 1,000,000 figures, in Chromium with software
// rendering: `npm run build:plot && node tests/bench/plot.mjs`. Prints one line of JSON with
// `--json`.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';
import ts from 'typescript';
import { MOMENT, unless } from './moment.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
const POINTS = unless(1_000_000, 1000);
const LINES = 18;
const SECONDS = unless(5, 0.2);
const GOAL = 30;
const json = process.argv.includes('--json');
const TYPES = {
  '.js': 'text/javascript',
  '.ts': 'text/javascript',
  '.wasm': 'application/wasm',
  '.html': 'text/html',
};
const PAGE = `<!doctype html><body style="margin:0"><canvas style="width:1200px;height:500px"></canvas>`;

/**
 * Reads a file of the graph. Files of the page are TypeScript, which a browser cannot read, so they
 * are translated.
 */
function read(name) {
  if (!name.endsWith('.ts')) return readFileSync(join(ROOT, 'ui', 'plot', 'pkg', name));
  const text = readFileSync(join(ROOT, 'ui', name), 'utf8');
  const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ESNext };
  return ts.transpileModule(text, { compilerOptions: options }).outputText;
}

const server = createServer(({ url }, response) => {
  const name = url.slice(1) || 'index.html';
  response.setHeader('Content-Type', TYPES[extname(name)] ?? 'text/plain');
  // The page's own policy applies, so that a graph that needs more is noticed here.
  response.setHeader('Content-Security-Policy', "script-src 'self' 'wasm-unsafe-eval'");
  if (name === 'index.html') return response.end(PAGE);
  try {
    response.end(read(name));
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--use-gl=angle',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
  ],
});
try {
  const page = await browser.newPage({ viewport: { width: 1200, height: 500 } });
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const empty = await page.evaluate(clear, { seconds: SECONDS });
  if (!json)
    console.log(
      `An empty canvas: ${empty.toFixed(1)} frames/s, which is all this machine can do now.`,
    );
  const results = [];
  for (const shown of ['all', 'a tenth']) {
    results.push({
      shown,
      ...(await page.evaluate(pan, { points: POINTS, lines: LINES, seconds: SECONDS, shown })),
    });
  }
  for (const result of results) {
    if (json)
      console.log(JSON.stringify({ points: POINTS, emptyFramesPerSecond: empty, ...result }));
    else {
      console.log(
        `${POINTS.toLocaleString('en')} figures in ${LINES} lines, ${result.shown} of them in view: panned at ` +
          `${result.framesPerSecond.toFixed(1)} frames/s (at least ${GOAL}), worst frame ${result.worst.toFixed(0)} ms, ` +
          `shown ${result.firstFrame.toFixed(0)} ms after they were given (${result.renderer}).`,
      );
    }
  }
  // A machine that is busy with other work does not reach the goal even without anything to draw.
  const idle = empty >= 1.5 * GOAL;
  if (!MOMENT && idle && results.some(({ framesPerSecond }) => framesPerSecond < GOAL))
    process.exitCode = 1;
} finally {
  await browser.close();
  server.close();
}

/** Counts the frames a second of a canvas of that size that is only cleared. Runs in the page. */
async function clear({ seconds }) {
  document.body.innerHTML = '<canvas width="1200" height="500" style="display:block"></canvas>';
  const options = { alpha: false, antialias: false, depth: false, stencil: false };
  const gl = document.querySelector('canvas').getContext('webgl2', options);
  const start = performance.now();
  let frames = 0;
  for (; performance.now() - start < seconds * 1000; frames++) {
    gl.clearColor(frames % 2, 0, 0, 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  gl.getExtension('WEBGL_lose_context').loseContext();
  return frames / ((performance.now() - start) / 1000);
}

/**
 * Shows the figures, drags them to and fro, and counts the frames that were drawn. Runs in the
 * page.
 */
async function pan({ points, lines, seconds, shown }) {
  const module = await import('/watshop_plot.js');
  await module.default({ module_or_path: '/watshop_plot_bg.wasm' });
  document.body.innerHTML = '<canvas style="display:block;width:1200px;height:500px"></canvas>';
  const canvas = document.querySelector('canvas');
  const plot = await module.start(canvas, (message) => console.error(message));
  // The page gives the graph frames only while something happens (ui/src/graph/frames.ts). Here it
  // always does.
  const { frames } = await import('/src/graph/frames.ts');
  const frame = () => {
    frames.wake();
    return new Promise((resolve) => requestAnimationFrame(resolve));
  };
  const drawn = async (count) => {
    while (plot.frames() < count) await frame();
  };
  await drawn(2);

  const each = Math.floor(points / lines);
  const xs = Float64Array.from({ length: each * lines }, (_, index) => (index % each) + 1);
  // A walk with spikes: neighbours differ, as real timings do.
  let seed = 1;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const times = Float64Array.from(
    xs,
    (_, index) => 2 ** (Math.floor(index / each) / 2) * (1 + random() ** 8 * 9),
  );
  const colours = [0x1f7ae0, 0xc06400, 0x005c50];
  const began = performance.now();
  const before = plot.frames();
  plot.set_scale(true);
  plot.set_series(
    Array.from({ length: lines }, (_, index) => `line ${index}`),
    Uint32Array.from({ length: lines }, (_, index) => colours[Math.floor(index / 6)]),
    Uint8Array.from({ length: lines }, (_, index) => index % 6),
    Uint8Array.from({ length: lines }, (_, index) => index % 3),
    Uint32Array.from({ length: lines }, (_, index) => (index + 1) * each),
    xs,
    times,
  );
  await drawn(before + 1);
  const firstFrame = performance.now() - began;

  const send = (target, Kind, type, x, buttons) =>
    target.dispatchEvent(
      new Kind(type, { clientX: x, clientY: 250, button: 0, buttons, bubbles: true }),
    );
  const wheel = async (deltaY) => {
    send(document, MouseEvent, 'mousemove', 600, 0);
    canvas.dispatchEvent(
      new WheelEvent('wheel', {
        clientX: 600,
        clientY: 250,
        deltaY,
        bubbles: true,
        cancelable: true,
      }),
    );
    for (let count = 0; count < 60; count++) await frame();
  };
  if (shown !== 'all') await wheel(-240 * Math.log(10));

  send(document, MouseEvent, 'mousemove', 600, 0);
  send(canvas, PointerEvent, 'pointerdown', 600, 1);
  await drawn(plot.frames() + 1);
  const start = performance.now();
  const first = plot.frames();
  const viewAtStart = plot.view()[0];
  let moved = 0;
  let worst = 0;
  let last = start;
  while (performance.now() - start < seconds * 1000) {
    const x = 600 + 300 * Math.sin((performance.now() - start) / 500);
    send(document, MouseEvent, 'mousemove', x, 1);
    await frame();
    const now = performance.now();
    worst = Math.max(worst, now - last);
    last = now;
    moved = Math.max(moved, Math.abs(plot.view()[0] - viewAtStart));
  }
  // This waits for the renderer, so that only frames count that were really drawn.
  const gl = canvas.getContext('webgl2');
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  const framesPerSecond = (plot.frames() - first) / ((performance.now() - start) / 1000);
  send(document, PointerEvent, 'pointerup', 600, 0);
  if (moved === 0) throw new Error('the drag did not pan');
  if (plot.points() !== xs.length) throw new Error(`the graph holds ${plot.points()} figures`);
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
  plot.destroy();
  return { framesPerSecond, worst, firstFrame, renderer };
}
