// `npm start`: sets up, builds, and opens the window. Without a display it serves the page.
//
// The first start opens as soon as one compiler is built. The others are built while the page is in
// use, and it shows each one when it is there.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RELEASE, ROOT, llvmPrefix, run } from './steps.mjs';

const display = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
const [program, args] = display ? ['watshop-window', []] : ['watshop', ['serve', '--no-open']];
const built = ['watshop', 'watshop-window', 'watshop-compiler-cranelift'];
if (llvmPrefix()) built.push('watshop-compiler-llvm');
// A first start that was cut off goes on as one.
const first = built.some((name) => !existsSync(join(RELEASE, name)));

run('node', ['scripts/setup.mjs']);
run('node', ['scripts/build.mjs', ...(first ? ['--first', program] : [])]);

if (!display)
  console.log('There is no display here, so this serves the page; open the address in a browser.');
const app = spawn(join(RELEASE, program), [...args, ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
});
const rest = first ? buildTheRest() : undefined;
// The application gets it too, and ends.
process.on('SIGINT', () => {});
app.on('exit', (status, signal) => {
  if (rest?.exitCode === null) {
    process.kill(-rest.pid);
    console.log('Not all compilers are built yet. The next `npm start` goes on with them.');
  }
  process.exit(signal ? 1 : status);
});

/** Builds everything that the first start left out, beside the application. */
function buildTheRest() {
  console.log('Watshop is open with Singlepass. The other compilers appear when they are built.');
  // A group of its own, since cargo goes on without the script that started it.
  const building = spawn('node', ['scripts/build.mjs'], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  building.on('exit', (status) => {
    if (status === 0) console.log('All compilers are built.');
  });
  return building;
}
