// `npm run build -- --runners`: headless runners for this machine and for other CPUs, in
// target/runners/TRIPLE/watshop-runner. They go into bundles, and the tests run them under qemu. A
// runner that this system cannot build is named and left out.

import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ANY_RUST, ROOT, output, tryInstall, tryRun, which } from './steps.mjs';

/**
 * The machines that runners are made for: Debian's name of the C tool chain, and the emulator for
 * their programs.
 */
const MACHINES = [
  {
    triple: 'aarch64-unknown-linux-gnu',
    gnu: 'aarch64-linux-gnu',
    cross: 'arm64',
    qemu: 'qemu-aarch64',
  },
  {
    triple: 'riscv64gc-unknown-linux-gnu',
    gnu: 'riscv64-linux-gnu',
    cross: 'riscv64',
    qemu: 'qemu-riscv64',
  },
];
const SYSTEM_RUST = '/usr/bin/rustc';
const OUT = join(ROOT, 'target', 'cross');
const HOST = /^host: (.*)$/m.exec(output('rustc', ['-vV']))[1];

const missing = MACHINES.filter((machine) => !build(machine)).map(({ triple }) => triple);
if (!make(HOST, process.env) || !take(HOST, 'strip')) missing.push(HOST);
if (missing.length > 0) console.warn(`No runner was made for ${missing.join(', ')}: see above.`);

function build({ triple, gnu, cross, qemu }) {
  const packages = [`gcc-${gnu}`, `libc6-dev-${cross}-cross`];
  if (!tryInstall(which(qemu) ? packages : [...packages, 'qemu-user'])) {
    console.warn(`The tool chain for ${triple} cannot be installed here: ${packages.join(' ')}.`);
    return false;
  }
  const flags = ['-C', `link-arg=${negate(gnu)}`];
  const variable = triple.toUpperCase().replaceAll('-', '_');
  const env = {
    ...process.env,
    [`CARGO_TARGET_${variable}_LINKER`]: `${gnu}-gcc`,
    [`CARGO_TARGET_${variable}_RUSTFLAGS`]: flags.join(' '),
  };
  return make(triple, env) && take(triple, `${gnu}-strip`);
}

/** Copies the runner to its place, without its symbols. */
function take(triple, strip) {
  const folder = join(ROOT, 'target', 'runners', triple);
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(OUT, triple, 'carried', 'watshop-runner'), join(folder, 'watshop-runner'));
  return tryRun(strip, [join(folder, 'watshop-runner')]);
}

/**
 * Compiles the runner with rustup's standard library, or else with one built from Debian's sources.
 */
function make(triple, environment) {
  const command = [
    'build',
    ...ANY_RUST,
    '--profile',
    'carried',
    '--locked',
    '--package',
    'watshop-runner',
    '--target',
    triple,
  ];
  const env = { ...environment, CARGO_TARGET_DIR: OUT };
  const installed = () =>
    output('rustup', ['target', 'list', '--installed']).split('\n').includes(triple);
  if (!installed() && !output(SYSTEM_RUST, ['--version']))
    tryRun('rustup', ['target', 'add', triple]);
  if (installed()) return tryRun('cargo', command, { env });
  if (!output(SYSTEM_RUST, ['--version'])) {
    console.warn(
      `Rust's ${triple} is missing: rustup target add ${triple}, or Debian's rustc-web and rust-web-src.`,
    );
    return false;
  }
  const std = ['-Z', 'build-std=std,panic_unwind'];
  return tryRun('/usr/bin/cargo', [...command, ...std], {
    env: { ...env, RUSTC: SYSTEM_RUST, RUSTC_BOOTSTRAP: '1' },
  });
}

/**
 * Makes an object with the functions that Rust's own support library lacks for these CPUs: the
 * negation of a float, and atomic operations on single bytes. QuickJS takes the latter from GCC's
 * libatomic on a CPU without them. They are in one object, so that the other machine needs no
 * library.
 */
function negate(gnu) {
  const object = join(OUT, `negate-${gnu}.o`);
  mkdirSync(OUT, { recursive: true });
  const source =
    '__attribute__((weak)) double __negdf2(double x) { union { double d; unsigned long u; } v = { x }; v.u ^= 1ul << 63; return v.d; }\n' +
    '__attribute__((weak)) float __negsf2(float x) { union { float f; unsigned u; } v = { x }; v.u ^= 1u << 31; return v.f; }\n';
  const atomic = ['-nostdlib', '-x', 'none', '-Wl,--whole-archive', '-l:libatomic.a'];
  tryRun(`${gnu}-gcc`, ['-O2', '-r', '-x', 'c', '-', ...atomic, '-o', object], {
    input: source,
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  return object;
}
