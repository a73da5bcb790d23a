// Installs the programs that are missing. A second run finds everything there and takes well under
// a second. `node scripts/setup.mjs` is for building, `--test` adds the programs of the tests.

import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { freeSpace, nodeProblem, spaceProblem } from './needs.mjs';
import {
  RELEASE,
  ROOT,
  fail,
  llvmPrefix,
  missingOf,
  output,
  run,
  tryInstall,
  tryRun,
  which,
} from './steps.mjs';

const forTests = process.argv.includes('--test');

const BUILD_PACKAGES = [
  'build-essential',
  'pkg-config',
  'libwebkit2gtk-4.1-dev',
  'librsvg2-dev',
  'libayatana-appindicator3-dev',
  'libxdo-dev',
];
// LLVM 22 is linked into one executable, statically. It needs zlib, zstd and xml2 itself.
const LLVM_PACKAGES = [
  'llvm-22-dev',
  'libpolly-22-dev',
  'lld-22',
  'zlib1g-dev',
  'libzstd-dev',
  'libxml2-dev',
];
// A compiler that can build the standard library for wasm32, for systems on which rustup cannot
// download one.
const WASM_PACKAGES = ['rustc-web', 'cargo-web', 'rust-web-src', 'lld-22'];
// python3 checks the Python programs that the page writes, zstd unpacks bundles.
const TEST_PACKAGES = [
  'chromium',
  'xvfb',
  'xauth',
  'webkit2gtk-driver',
  'fonts-dejavu-core',
  'python3',
  'zstd',
];
const WASMER_PYTHON = ['wasmer==1.1.0', 'wasmer-compiler-cranelift==1.1.0'];
const TEST_TOOLS = { 'cargo-nextest': '0.9', 'cargo-deny': '0.20' };

checkNode();
checkRust();
checkSpace();
installPackages(BUILD_PACKAGES, 'Watshop cannot be built without them.');
setUpLlvm();
setUpWasm();
if (forTests) {
  installPackages(
    TEST_PACKAGES.filter((name) => name !== 'chromium' || !which('chromium')),
    'The end-to-end tests need them.',
  );
  for (const [tool, version] of Object.entries(TEST_TOOLS)) installTool(tool, version);
  setUpPython();
}
installNodeModules();

function checkNode() {
  const problem = nodeProblem(process.versions.node);
  if (problem) fail(problem);
}

/** The first build is long, so it should not end for want of space. */
function checkSpace() {
  if (existsSync(join(RELEASE, 'watshop-runner'))) return;
  // It may be a link to another disk.
  const target = join(ROOT, 'target');
  const folder = existsSync(target) ? target : ROOT;
  const problem = spaceProblem(freeSpace(folder), folder);
  if (problem) fail(problem);
}

function checkRust() {
  if (!which('cargo'))
    fail('Watshop needs Rust: install rustup from https://rustup.rs, then run this again.');
  // The question for the version makes rustup install the toolchain of rust-toolchain.toml if it is
  // missing.
  if (!tryRun('cargo', ['--version'], { stdio: ['ignore', 'ignore', 'inherit'] })) {
    if (!which('rustup') || !tryRun('rustup', ['toolchain', 'install'])) {
      fail(
        'The Rust of rust-toolchain.toml is not installed and could not be downloaded. ' +
          'With a network, `rustup toolchain install` in this folder does it; then run this again.',
      );
    }
  }
}

function installPackages(packages, why) {
  if (!tryInstall(packages)) {
    fail(
      `These packages are missing and could not be installed: ${missingOf(packages).join(' ')}. ${why}`,
    );
  }
}

function setUpLlvm() {
  if (llvmPrefix() && missingOf(LLVM_PACKAGES).length === 0) return;
  if (tryInstall(LLVM_PACKAGES) && llvmPrefix()) return;
  console.warn(
    'LLVM 22 is not to be had here, so Watshop is built without that compiler and shows it as not installed. ' +
      `With a package source that has it: apt-get install ${LLVM_PACKAGES.join(' ')}`,
  );
}

function setUpWasm() {
  const target = 'wasm32-unknown-unknown';
  if (output('rustup', ['target', 'list', '--installed']).includes(target)) return;
  if (missingOf(WASM_PACKAGES).length === 0) return;
  if (tryRun('rustup', ['target', 'add', target], { timeout: 120_000, stdio: 'ignore' })) return;
  installPackages(
    WASM_PACKAGES,
    'They build the timing graph where rustup cannot add the wasm32 target.',
  );
}

function installTool(tool, version) {
  const root = join(ROOT, 'target', 'tools');
  if (which(tool) || existsSync(join(root, 'bin', tool))) return;
  console.log(`Building ${tool}, once`);
  mkdirSync(root, { recursive: true });
  // They check and start programs, and wait for them. Optimising them would take four times as long.
  const env = {
    ...process.env,
    CARGO_PROFILE_RELEASE_OPT_LEVEL: '0',
    CARGO_PROFILE_RELEASE_LTO: 'off',
  };
  run('cargo', ['install', tool, '--locked', '--version', `^${version}`, '--root', root], { env });
}

/**
 * Installs the package `wasmer` 1.x, for which the page writes programs, with the newest Python
 * that it supports.
 */
function setUpPython() {
  const folder = join(ROOT, 'target', 'tools', 'wasmer-python');
  const python = join(folder, 'bin', 'python');
  if (tryRun(python, ['-c', 'import wasmer, wasmer_compiler_cranelift'], { stdio: 'ignore' }))
    return;
  const pyenv = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
  const installed = existsSync(pyenv) ? readdirSync(pyenv) : [];
  const found = ['3.10', '3.9', '3.8', '3.7'].flatMap((version) => [
    `python${version}`,
    ...installed
      .filter((name) => name.startsWith(`${version}.`))
      .map((name) => join(pyenv, name, 'bin', 'python')),
  ]);
  const chosen = found.find((name) =>
    tryRun(name, ['-c', 'import venv, ensurepip'], { stdio: 'ignore' }),
  );
  const made =
    chosen &&
    tryRun(chosen, ['-m', 'venv', '--clear', folder]) &&
    tryRun(python, ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', ...WASMER_PYTHON]);
  if (made) return;
  rmSync(folder, { recursive: true, force: true });
  console.warn(
    'No Python from 3.7 to 3.10 can be used here: what the page writes as Python is read, and not run.',
  );
}

function installNodeModules() {
  const wanted = join(ROOT, 'package-lock.json');
  const have = join(ROOT, 'node_modules', '.installed-lock.json');
  if (existsSync(have) && readFileSync(have, 'utf8') === readFileSync(wanted, 'utf8')) return;
  if (!tryRun('npm', ['ci', '--no-audit', '--no-fund'])) {
    fail(
      'The packages of package-lock.json could not be installed. Without a network they must be in the cache of npm; ' +
        'behind a proxy, `npm config set proxy` names it. Then run this again.',
    );
  }
  copyFileSync(wanted, have);
}
