// `npm run dev`: the page with hot reload over a running workbench, and Rust rebuilt after each
// change.

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { RELEASE, ROOT, cargoFlags, run, tryRun } from './steps.mjs';

const PORT = '5170';
// One token serves all launches, because the page that Vite serves has no cookie of the workbench,
// and outlives it.
const TOKEN = randomBytes(32).toString('hex');
const BUILD = ['build', '--release', '--workspace', '--bins', ...cargoFlags()];

run('node', ['scripts/setup.mjs']);
run('node', ['scripts/build.mjs']);

let server = serve();
let rebuild;
for (const folder of ['crates', 'examples']) {
  watch(join(ROOT, folder), { recursive: true }, () => {
    clearTimeout(rebuild);
    // Editors write a file in several steps, so the rebuild waits until they are done.
    rebuild = setTimeout(restart, 300);
  });
}

const vite = spawn('npm', ['run', '--silent', 'ui:dev', '--', '--clearScreen', 'false'], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, WATSHOP_DEV_SERVER: `http://127.0.0.1:${PORT}` },
});
vite.on('exit', (status) => end(status ?? 1));
process.on('SIGINT', () => end(0));
process.on('SIGTERM', () => end(0));

function serve() {
  const child = spawn(join(RELEASE, 'watshop'), ['serve', '--no-open', '--port', PORT], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, WATSHOP_TOKEN: TOKEN },
  });
  createInterface(child.stdout).once('line', () =>
    console.log(`\n  Open http://localhost:5173/?token=${TOKEN}\n`),
  );
  return child;
}

function restart() {
  if (!tryRun('cargo', BUILD)) return;
  server.once('exit', () => (server = serve()));
  server.kill('SIGTERM');
}

function end(status) {
  server.kill('SIGTERM');
  vite.kill();
  process.exit(status);
}
