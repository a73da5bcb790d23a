// `npm run size`: the sizes of the executables that people carry, as a table for `docs/size.md`.

import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { spawnSync } from 'node:child_process';
import { RELEASE, fail, output, run, which } from './steps.mjs';

const HOST = /^host: (.*)$/m.exec(output('rustc', ['-vV']))[1];

// The last figure is Wasmer's own announcement of 2021, in MB, compressed: the engine without a
// compiler, and with one.
const PROGRAMS = [
  ['watshop-runner', 'headless', 1.4],
  [join('..', 'runners', HOST, 'watshop-runner'), 'headless, to carry', 1.4],
  ['watshop-runner-wasix', 'with WASIX', ''],
  ['watshop-compiler-singlepass', '+ Singlepass', 2.0],
  ['watshop-compiler-cranelift', '+ Cranelift', 2.8],
  ['watshop-compiler-llvm', '+ LLVM', 13],
];

for (const program of ['strip', 'zstd']) {
  if (!which(program)) fail(`\`${program}\` is missing: apt-get install binutils zstd`);
}
if (!existsSync(join(RELEASE, 'watshop-runner'))) run('npm', ['run', 'build']);

const folder = mkdtempSync(join(tmpdir(), 'watshop-size-'));
const mb = (bytes) => (bytes / 1e6).toFixed(bytes < 1e8 ? 2 : 0);

console.log('| executable | as built | stripped | zstd -19 | gzip -9 | announced |');
console.log('| --- | ---: | ---: | ---: | ---: | ---: |');
try {
  for (const [name, announced, figure] of PROGRAMS) {
    const built = join(RELEASE, name);
    if (!existsSync(built)) {
      console.log(`| \`${basename(name)}\` | not built | | | | ${announced} ${figure} |`);
      continue;
    }
    const stripped = join(folder, basename(name));
    run('strip', ['-o', stripped, built]);
    const { stdout } = spawnSync('zstd', ['-19', '-q', '-c', stripped], { maxBuffer: 1 << 30 });
    const sizes = [statSync(built).size, statSync(stripped).size, stdout.length];
    sizes.push(gzipSync(readFileSync(stripped), { level: 9 }).length);
    console.log(
      `| \`${basename(name)}\` | ${sizes.map(mb).join(' | ')} | ${announced} ${figure} |`,
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}
