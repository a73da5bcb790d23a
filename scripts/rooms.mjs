// Proves the rules of ARCHITECTURE.md about imports: between crates, among the modules of a crate,
// and between the rooms of the page. It also finds controls of the page that a crate below the
// shells names.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brokenPageRules } from './page-rooms.mjs';
import { namedControls } from './control-names.mjs';
import { brokenModuleRules } from './module-circles.mjs';
import { builtTwice } from './same-features.mjs';
import { ROOT, fail, output } from './steps.mjs';

const WASMER = /^(wasmer|wasmer-.*|virtual-fs|virtual-net|cranelift-.*|llvm-sys|inkwell)$/;
const TAURI = /^(tauri|tauri-.*|wry|tao)$/;
const AXUM = /^(axum|axum-.*|hyper|tungstenite|tokio-tungstenite)$/;
const COMPILERS = /^(wasmer-compiler-.*|cranelift-.*|llvm-sys|inkwell)$/;
const CLI = /^clap$/;
const HTTP = /^(reqwest|rustls|hyper-util|hyper-tls|native-tls)$/;

// Our crates, lowest first: each may name only those before it.
const ORDER = [
  'watshop-say',
  'watshop-protocol',
  'watshop-statistics',
  'watshop-module',
  'watshop-codegen',
  'watshop-artifact',
  'watshop-lessons',
  'watshop-child',
  'watshop-parent',
  'watshop-compiler',
  'watshop-wasi',
  'watshop-runner',
  'watshop-runner-wasix',
  'watshop-workbench',
  'watshop-server',
  'watshop-cli',
];

const MUST_NOT_KNOW = {
  'watshop-say': [/./],
  'watshop-protocol': [WASMER, TAURI, AXUM, CLI, /^tokio$/, /^rusqlite$/],
  'watshop-statistics': [WASMER, TAURI, AXUM, CLI, /^tokio$/, /^rusqlite$/, /^watshop-/],
  'watshop-module': [WASMER, TAURI, AXUM, CLI, /^tokio$/, /^rusqlite$/],
  'watshop-codegen': [WASMER, TAURI, AXUM, CLI, /^tokio$/, /^rusqlite$/, /^watshop-module$/],
  'watshop-lessons': [WASMER, TAURI, AXUM, CLI, /^tokio$/, /^rusqlite$/],
  'watshop-artifact': [WASMER, TAURI, AXUM, CLI, /^tokio$/, /^rusqlite$/],
  'watshop-child': [WASMER, TAURI, AXUM, CLI, /^tokio$/, /^rusqlite$/],
  'watshop-parent': [WASMER, TAURI, AXUM, CLI, /^rusqlite$/],
  'watshop-compiler': [
    TAURI,
    AXUM,
    CLI,
    /^tokio$/,
    /^watshop-parent$/,
    /^rusqlite$/,
    /^wasmer-wasix$/,
  ],
  'watshop-wasi': [WASMER, TAURI, AXUM, CLI, /^tokio$/, /^rusqlite$/, /^watshop-/],
  'watshop-runner': [TAURI, AXUM, HTTP, /^tokio$/, /^rusqlite$/, /^wasmer-wasix$/, COMPILERS],
  'watshop-runner-wasix': [TAURI, AXUM, HTTP, /^rusqlite$/, COMPILERS],
  'watshop-workbench': [WASMER, TAURI, AXUM, CLI],
  'watshop-server': [WASMER, TAURI, CLI],
  'watshop-cli': [WASMER, TAURI],
  'watshop-window': [WASMER, AXUM, CLI, /^watshop-(server|cli|compiler|runner|runner-wasix)$/],
};

// Shells only carry requests. The workbench knows modules and artifacts.
const SHELLS = {
  'crates/cli': 'watshop-cli',
  'crates/server': 'watshop-server',
  'src-tauri': 'watshop-window',
};
const NOT_OF_A_SHELL = /^watshop-(module|artifact|child|parent|compiler|runner)\b/m;

// The child processes: other crates start them, but must never link them. One is the library of another.
const PROCESSES = /^watshop-(compiler|runner|runner-wasix)$/;
const IS_LIBRARY_OF = { 'watshop-runner': 'watshop-runner-wasix' };

const broken = [];
for (const [crate, forbidden] of Object.entries(MUST_NOT_KNOW)) {
  const tree = output('cargo', [
    'tree',
    '-p',
    crate,
    '-e',
    'normal',
    '--prefix',
    'none',
    '-f',
    '{p}',
    '--locked',
  ]);
  if (!tree) fail(`cargo tree -p ${crate} failed.`);
  const names = new Set(tree.split('\n').map((line) => line.split(' ')[0]));
  names.delete(crate);
  const place = ORDER.indexOf(crate);
  for (const name of names) {
    if (forbidden.some((rule) => rule.test(name)))
      broken.push(`${crate} must not depend on ${name}`);
    if (PROCESSES.test(name) && IS_LIBRARY_OF[name] !== crate)
      broken.push(`${crate} must start ${name}, not link it`);
    if (place >= 0 && ORDER.indexOf(name) > place)
      broken.push(`${crate} stands below ${name} and must not use it`);
  }
}
for (const [folder, crate] of Object.entries(SHELLS)) {
  const own = NOT_OF_A_SHELL.exec(readFileSync(join(ROOT, folder, 'Cargo.toml'), 'utf8'));
  if (own) broken.push(`${crate} is a shell and must not use ${own[0]}`);
}
const below = ORDER.filter((crate) => !Object.values(SHELLS).includes(crate));
broken.push(
  ...(await namedControls(
    ROOT,
    below.map((crate) => crate.replace('watshop-', '')),
  )),
);
broken.push(...brokenModuleRules(ROOT));
broken.push(...builtTwice());
broken.push(
  ...brokenPageRules(join(ROOT, 'ui', 'src'), readFileSync(join(ROOT, 'ui', 'README.md'), 'utf8')),
);
if (broken.length > 0) fail(`Rules of ARCHITECTURE.md are broken:\n  ${broken.join('\n  ')}`);
console.log(
  `${Object.keys(MUST_NOT_KNOW).length} rooms keep their rules, and so do their modules and the page.`,
);
