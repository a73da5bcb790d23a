// Installs what is missing, and nothing else: a second run finds everything there and takes well
// under a second. `node scripts/setup.mjs` for building, `--test` adds what the tests need.

import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, fail, llvmPrefix, missingOf, output, run, tryInstall, tryRun, which } from './steps.mjs';

const forTests = process.argv.includes('--test');

const BUILD_PACKAGES = [
  'build-essential',
  'pkg-config',
  'libwebkit2gtk-4.1-dev',
  'librsvg2-dev',
  'libayatana-appindicator3-dev',
  'libxdo-dev',
];
// LLVM 22 is linked into one executable, statically; zlib, zstd and xml2 are what it needs itself.
const LLVM_PACKAGES = ['llvm-22-dev', 'libpolly-22-dev', 'lld-22', 'zlib1g-dev', 'libzstd-dev', 'libxml2-dev'];
// A compiler that can build the standard library for wasm32, for where rustup cannot download one.
const WASM_PACKAGES = ['rustc-web', 'cargo-web', 'rust-web-src', 'lld-22'];
// python3 reads what the page writes as Python, zstd unpacks bundles.
const TEST_PACKAGES = ['chromium', 'xvfb', 'xauth', 'webkit2gtk-driver', 'fonts-dejavu-core', 'python3', 'zstd'];
const TEST_TOOLS = { 'cargo-nextest': '0.9', 'cargo-deny': '0.20' };

checkNode();
checkRust();
installPackages(BUILD_PACKAGES, 'Watshop cannot be built without them.');
setUpLlvm();
setUpWasm();
if (forTests) {
  installPackages(
    TEST_PACKAGES.filter((name) => name !== 'chromium' || !which('chromium')),
    'The end-to-end tests need them.',
  );
  for (const [tool, version] of Object.entries(TEST_TOOLS)) installTool(tool, version);
}
installNodeModules();

function checkNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) fail(`Watshop needs Node 20 or newer; this is ${process.versions.node}.`);
}

function checkRust() {
  if (!which('cargo')) fail('Watshop needs Rust: install rustup from https://rustup.rs, then run this again.');
  // Asking for the version makes rustup install the toolchain of rust-toolchain.toml where it is missing.
  if (!tryRun('cargo', ['--version'], { stdio: ['ignore', 'ignore', 'inherit'] })) {
    run('rustup', ['toolchain', 'install']);
  }
}

function installPackages(packages, why) {
  if (!tryInstall(packages)) {
    fail(`These packages are missing and could not be installed: ${missingOf(packages).join(' ')}. ${why}`);
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
  installPackages(WASM_PACKAGES, 'They build the timing graph where rustup cannot add the wasm32 target.');
}

function installTool(tool, version) {
  const root = join(ROOT, 'target', 'tools');
  if (which(tool) || existsSync(join(root, 'bin', tool))) return;
  console.log(`Building ${tool}, once`);
  mkdirSync(root, { recursive: true });
  run('cargo', ['install', tool, '--locked', '--version', `^${version}`, '--root', root]);
}

function installNodeModules() {
  const wanted = join(ROOT, 'package-lock.json');
  const have = join(ROOT, 'node_modules', '.installed-lock.json');
  if (existsSync(have) && readFileSync(have, 'utf8') === readFileSync(wanted, 'utf8')) return;
  run('npm', ['ci', '--no-audit', '--no-fund']);
  copyFileSync(wanted, have);
}
