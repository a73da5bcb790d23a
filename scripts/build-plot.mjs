// Builds the timing graph (ui/plot) for the page: ui/plot/pkg/watshop_plot.js and
// watshop_plot_bg.wasm. Without a change of its sources it does nothing. It needs only the programs
// that scripts/setup.mjs installs.

import { cpSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT, fail, output, run, whenChanged } from './steps.mjs';

const TARGET = 'wasm32-unknown-unknown';
const PLOT = join(ROOT, 'ui', 'plot');
const PKG = join(PLOT, 'pkg');
const OUT = join(ROOT, 'target', 'plot');
const SYSTEM_RUST = '/usr/bin/rustc';

const inputs = ['ui/plot', 'scripts/build-plot.mjs', 'rust-toolchain.toml'];
whenChanged('plot', inputs, join(PKG, 'watshop_plot_bg.wasm'), () => {
  const wasm = compile();
  bind(wasm);
  report();
});

/** Compiles the crate and returns the path of the module. */
function compile() {
  // The crate is built only as a module: if it was built as a library too (for its tests), it could
  // not be optimised as a whole.
  const crate = ['rustc', '--package', 'watshop-plot', '--lib', '--crate-type', 'cdylib'];
  const build = [...crate, '--release', '--locked', '--target', TARGET];
  const env = { ...process.env, CARGO_TARGET_DIR: OUT };
  if (output('rustup', ['target', 'list', '--installed']).split('\n').includes(TARGET)) {
    run('cargo', build, { cwd: PLOT, env });
  } else {
    buildWithSystemRust(build, env);
  }
  return join(OUT, TARGET, 'release', 'watshop_plot.wasm');
}

/** Builds with Debian's Rust, which has the sources of the standard library and builds it too. */
function buildWithSystemRust(build, env) {
  if (!output(SYSTEM_RUST, ['--version'])) {
    fail(
      `The timing graph needs Rust's ${TARGET}: rustup target add ${TARGET}, or, where rustup cannot download it, ` +
        "Debian's rustc-web, cargo-web, rust-web-src and lld-22. npm run setup does the one or the other.",
    );
  }
  run('/usr/bin/cargo', [...build, '-Z', 'build-std=std,panic_abort'], {
    cwd: PLOT,
    env: {
      ...env,
      RUSTC: SYSTEM_RUST,
      RUSTC_BOOTSTRAP: '1',
      RUSTFLAGS: '-C linker=wasm-ld-22',
    },
  });
}

/** Makes the package from the module. It replaces the old one only once it is complete. */
function bind(wasm) {
  const fresh = join(OUT, 'pkg');
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  const tool = [
    'run',
    '--quiet',
    '--locked',
    '--profile',
    'tool',
    '--package',
    'watshop-plot-bindgen',
    '--',
  ];
  run('cargo', [...tool, wasm, fresh], {
    cwd: PLOT,
    env: { ...process.env, CARGO_TARGET_DIR: OUT },
  });
  rmSync(PKG, { recursive: true, force: true });
  cpSync(fresh, PKG, { recursive: true });
}

function report() {
  const wasm = join(PKG, 'watshop_plot_bg.wasm');
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;
  const gzipped = gzipSync(readFileSync(wasm), { level: 9 }).length;
  console.log(
    `The timing graph: ${megabytes(statSync(wasm).size)} of WebAssembly, ${megabytes(gzipped)} gzipped.`,
  );
}
