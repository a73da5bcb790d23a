// The common parts of the scripts: running a command so that its failure is seen, and finding out
// whether the inputs of a step changed since its last run.

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
export const RELEASE = join(ROOT, 'target', 'release');

/** Ends the script with a sentence instead of a stack. */
export function fail(message) {
  console.error(`\n${message}`);
  process.exit(1);
}

/** Runs a command in the project's folder and ends the script if it fails. */
export function run(command, args, options = {}) {
  if (!tryRun(command, args, options)) fail(`Failed: ${command} ${args.join(' ')}`);
}

/** Runs a command in the project's folder. Returns true if it succeeded. */
export function tryRun(command, args, options = {}) {
  const { error, status, signal } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: 'inherit',
    ...options,
  });
  if (error && error.code !== 'ENOENT') throw error;
  if (signal) fail(`${command} was ended by ${signal}.`);
  return !error && status === 0;
}

/**
 * Runs commands in the project's folder, one on each core. The output of each is shown when it has
 * ended. Ends the script if one of them fails, after all have ended.
 */
export async function runTogether(commands) {
  const waiting = [...commands];
  const failed = [];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [command, ...args] = next;
      if (!(await runQuietly(command, args))) failed.push(next.join(' '));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  if (failed.length > 0) fail(`Failed: ${failed.join('\nFailed: ')}`);
}

function runQuietly(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => said.push(text));
    child.on('error', (error) => said.push(Buffer.from(`${error.message}\n`)));
    child.on('close', (status) => {
      process.stdout.write(Buffer.concat(said));
      resolve(status === 0);
    });
  });
}

/** Returns the output of a command, or an empty text if it fails or does not exist. */
export function output(command, args) {
  const { status, stdout } = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : '';
}

/** Returns the path of a program on the PATH, or undefined. */
export function which(program) {
  const folders = (process.env.PATH ?? '').split(':');
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

/** Runs a step, unless its inputs are those of the last time and its result still exists. */
export function whenChanged(name, inputs, result, step) {
  const stamp = join(dirname(result), `.${name}.stamp`);
  const hash = hashOf(inputs);
  if (existsSync(result) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  step();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of filesOf(join(ROOT, path))) {
      hash.update(relative(ROOT, file)).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

const MADE_HERE = new Set(['node_modules', 'dist', 'pkg', 'target']);

function filesOf(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => !MADE_HERE.has(name) && !name.startsWith('.'))
    .sort()
    .flatMap((name) => filesOf(join(path, name)));
}

/** Returns the flags of every cargo call that builds the workspace: LLVM, if it is installed. */
export function cargoFlags() {
  return [...ANY_RUST, ...(llvmPrefix() ? ['--features', 'watshop-compiler/llvm'] : [])];
}

/**
 * Wasmer 7.5 and Cranelift 0.136 declare Rust 1.96, and build with the 1.95 of rust-toolchain.toml.
 */
export const ANY_RUST = ['--ignore-rust-version'];

/** Returns the folder of LLVM 22, or undefined. */
export function llvmPrefix() {
  const prefix = process.env.LLVM_SYS_221_PREFIX ?? '/usr/lib/llvm-22';
  return existsSync(join(prefix, 'bin', 'llvm-config')) ? prefix : undefined;
}

/**
 * Installs the packages of the system that are missing. Returns true if all are installed
 * afterwards.
 */
export function tryInstall(packages) {
  const missing = missingOf(packages);
  if (missing.length === 0) return true;
  if (!which('apt-get')) return false;
  console.log(`Installing ${missing.join(' ')}`);
  const root = process.getuid() === 0;
  if (!root && !which('sudo')) return false;
  const apt = (...args) => {
    const command = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    return root ? tryRun(command[0], command.slice(1)) : tryRun('sudo', command);
  };
  return apt('update', '-q') && apt('install', '-q', '-y', '--no-install-recommends', ...missing);
}

/** Returns the packages that are not installed. */
export function missingOf(packages) {
  if (!which('dpkg-query')) return packages;
  const installed = output('dpkg-query', ['-W', '-f', '${db:Status-Status} ${Package}\n']);
  const names = new Set(
    installed
      .split('\n')
      .flatMap((line) => (line.startsWith('installed ') ? [line.slice(10)] : [])),
  );
  return packages.filter((name) => !names.has(name));
}
