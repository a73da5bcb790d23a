// `npm start`: sets up, builds, and opens the window. Without a display it serves the page.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { RELEASE, ROOT, run } from './steps.mjs';

run('node', ['scripts/setup.mjs']);
run('node', ['scripts/build.mjs']);

const display = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
const [program, args] = display ? ['watshop-window', []] : ['watshop', ['serve', '--no-open']];
if (!display)
  console.log('There is no display here, so this serves the page; open the address in a browser.');

const { status, signal } = spawnSync(join(RELEASE, program), [...args, ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
});
process.exit(signal ? 1 : status);
