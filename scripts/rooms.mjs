// Proves the rules of ARCHITECTURE.md that a manifest can break: which room may depend on what.
// What the page may import is a lint (eslint.config.js).

import { output, fail } from './steps.mjs';

const WASMER = /^(wasmer|wasmer-.*|virtual-fs|virtual-net|cranelift-.*|llvm-sys|inkwell)$/;
const TAURI = /^(tauri|tauri-.*|wry|tao)$/;
const AXUM = /^(axum|axum-.*|hyper|tungstenite|tokio-tungstenite)$/;
const COMPILERS = /^(wasmer-compiler-.*|cranelift-.*|llvm-sys|inkwell)$/;
const CLI = /^clap$/;
const HTTP = /^(reqwest|rustls|hyper-util|hyper-tls|native-tls)$/;

// Our crates, lowest first: each may name only those before it.
const ORDER = [
  'watshop-protocol',
  'watshop-module',
  'watshop-codegen',
  'watshop-artifact',
  'watshop-compiler',
  'watshop-runner',
  'watshop-workbench',
  'watshop-server',
  'watshop-cli',
];

const MUST_NOT_KNOW = {
  'watshop-protocol': [WASMER, TAURI, AXUM, CLI, /^tokio$/, /^rusqlite$/],
  'watshop-module': [WASMER, TAURI, AXUM, CLI, /^tokio$/, /^rusqlite$/],
  'watshop-codegen': [WASMER, TAURI, AXUM, CLI, /^tokio$/, /^rusqlite$/, /^watshop-module$/],
  'watshop-artifact': [WASMER, TAURI, AXUM, CLI, /^tokio$/, /^rusqlite$/],
  'watshop-compiler': [TAURI, AXUM, CLI, /^rusqlite$/, /^wasmer-wasix$/],
  'watshop-runner': [TAURI, AXUM, HTTP, /^rusqlite$/, /^wasmer-wasix$/, COMPILERS],
  'watshop-workbench': [WASMER, TAURI, AXUM, CLI],
  'watshop-server': [WASMER, TAURI, CLI],
  'watshop-cli': [WASMER, TAURI],
  'watshop-window': [WASMER, AXUM, CLI, /^watshop-(server|cli|compiler|runner)$/],
};

// What the executables of a room may never be linked into.
const PROCESSES = /^watshop-(compiler|runner)$/;

const broken = [];
for (const [crate, forbidden] of Object.entries(MUST_NOT_KNOW)) {
  const tree = output('cargo', ['tree', '-p', crate, '-e', 'normal', '--prefix', 'none', '-f', '{p}', '--locked']);
  if (!tree) fail(`cargo tree -p ${crate} failed.`);
  const names = new Set(tree.split('\n').map((line) => line.split(' ')[0]));
  names.delete(crate);
  const place = ORDER.indexOf(crate);
  for (const name of names) {
    if (forbidden.some((rule) => rule.test(name))) broken.push(`${crate} must not depend on ${name}`);
    if (PROCESSES.test(name)) broken.push(`${crate} must start ${name}, not link it`);
    if (place >= 0 && ORDER.indexOf(name) > place) broken.push(`${crate} stands below ${name} and must not use it`);
  }
}
if (broken.length > 0) fail(`Rules of ARCHITECTURE.md are broken:\n  ${broken.join('\n  ')}`);
console.log(`${Object.keys(MUST_NOT_KNOW).length} rooms keep their rules.`);
