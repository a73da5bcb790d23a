// `node scripts/sentences.mjs`: lists the patterns of the sentences that Rust makes, for translators,
// in ui/src/words/core.ts. With `--check` it only says whether that list is up to date.

import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { ROOT, fail } from './steps.mjs';

const LIST = join(ROOT, 'ui', 'src', 'words', 'core.ts');
const LITERAL = String.raw`"((?:[^"\\]|\\[^])*)"`;
/** `say!("…")` and `pattern!("…")`. */
const SAID = new RegExp(String.raw`\b(?:say|pattern)!\s*[({[]\s*${LITERAL}`, 'g');
/** A row of the table of WASI's error numbers, whose crate knows no other one. */
const ERRNO = new RegExp(String.raw`^ {4}[A-Z0-9_]+ = \d+ ?\w*, ${LITERAL};$`, 'gm');
/** The fields of a description of a provider that people read. */
const DESCRIBED = new RegExp(`"(?:title|label|help|null|on|off|unit|yes)":${LITERAL}`, 'g');

const patterns = new Set();
for (const file of sources(join(ROOT, 'crates'))) {
  const name = relative(ROOT, file);
  const text = withoutTests(readFileSync(file, 'utf8'));
  const shape = name === 'crates/wasi/src/errno.rs' ? ERRNO : SAID;
  for (const [, literal] of text.matchAll(shape)) add(numbered(unquoted(literal, name)));
}
const protocol = readFileSync(join(ROOT, 'ui', 'src', 'protocol.ts'), 'utf8');
const providers = protocol.slice(protocol.indexOf('export const PROVIDERS'));
for (const [, literal] of providers.matchAll(DESCRIBED)) add(JSON.parse(`"${literal}"`));

const sorted = [...patterns].sort((a, b) => (a < b ? -1 : 1));
const text = `// Written by scripts/sentences.mjs from the sentences of the crates. Another language has a translation for each.

/** The patterns of the workbench's sentences. A fact stands in each place between braces. */
export const PATTERNS = [
${sorted.map((pattern) => `  ${JSON.stringify(pattern)},\n`).join('')}] as const;

/** A pattern of a sentence. */
export type Pattern = (typeof PATTERNS)[number];
`;
const list = await format(text, { ...(await resolveConfig(LIST)), parser: 'typescript' });
if (!process.argv.includes('--check')) writeFileSync(LIST, list);
else if (readFileSync(LIST, 'utf8') !== list)
  fail('ui/src/words/core.ts is not up to date: `node scripts/sentences.mjs` writes it.');

/** Adds a pattern with words. */
function add(pattern) {
  if (/\p{L}/u.test(pattern.replace(/\{\^?\w+\}|\`[^\`]*\`/g, ''))) patterns.add(pattern);
}

/** Returns the Rust sources of the crates. */
function sources(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => /\bsrc\/.*\.rs$/.test(name) && !/(^|[/_])tests?(\/|\.rs$)/.test(name))
    .map((name) => join(folder, name));
}

/** Returns a source without the tests at its end. */
function withoutTests(text) {
  const at = text.search(/^#\[cfg\(test\)\]\s*\n(#\[.*\]\s*\n)*mod /m);
  return at < 0 ? text : text.slice(0, at);
}

/** Returns the text of a literal, as `crates/say` reads it. */
function unquoted(literal, name) {
  return literal.replace(/\\(\n\s*|[^])/g, (whole, escaped) => {
    if (escaped.startsWith('\n')) return '';
    if (escaped === 'n') return '\n';
    if (`"'\\`.includes(escaped)) return escaped;
    return fail(`${name}: a pattern has the escape ${whole}.`);
  });
}

/** Returns a pattern in which places have no forms, and numbers if they have no names. */
function numbered(pattern) {
  let next = 0;
  return pattern.replace(/\{\{|\}\}|\{(\^?)(\w*)(:[^{}]*)?\}/g, (whole, capital, name) => {
    if (capital === undefined) return whole;
    return `{${capital}${name === '' ? next++ : name}}`;
  });
}
