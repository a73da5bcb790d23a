// Text of the page that is not in the catalogue `src/words`: in the markup, in the attributes that people see or hear,
// and sentences among the literals of the scripts. `sentences.json` has the files that still have some, each with its
// number, which may only fall.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'svelte/compiler';
import ts from 'typescript-eslint';

const SOURCES = fileURLToPath(new URL('../src/', import.meta.url));
const KNOWN = new Map(
  Object.entries(JSON.parse(readFileSync(new URL('sentences.json', import.meta.url), 'utf8'))),
);

/** Attributes that people see or hear. */
const SPOKEN =
  /^(aria-(label|valuetext|roledescription)|title|placeholder|label|alt|heading|help|text|first|foot)$/;
/** Text that is the same in every language. */
const SAME = /\b(Watshop|Wasmer|WASI|px|v128|Alt\+9)\b/g;
/** A literal that is a sentence: several words that begin with a capital letter. */
const SENTENCE = /^[A-Z][a-z’']+ [a-z]+.*[a-z]/s;
/** Files whose sentences are for developers, and those that are no sentences of the page. */
const NOT_SHOWN =
  /^(words\/|protocol\.ts|main\.ts|platform\/|guide\/panel-pages|graph\/plot-package|.*\.test\.ts$|.*testing\.ts$|.*\.d\.ts$)/;

/** Returns the texts of a file that are not in the catalogue. */
export function sentencesIn(file, text) {
  const found = [];
  const hasWords = (words) => /[A-Za-z]{2}/.test(words.replace(SAME, ''));
  const visit = (node, parent, attribute) => {
    if (Array.isArray(node)) return node.forEach((one) => visit(one, parent, attribute));
    if (!node || typeof node.type !== 'string') return;
    if (/^(ImportDeclaration|StyleSheet|TS(?!As|Satisfies|NonNull))/.test(node.type)) return;
    const shown = attribute === null || SPOKEN.test(attribute);
    if (node.type === 'Text' && shown && hasWords(node.data)) found.push(node.data.trim());
    const said =
      node.type === 'Literal' && typeof node.value === 'string'
        ? node.value
        : node.type === 'TemplateLiteral'
          ? node.quasis.map(({ value }) => value.cooked).join('…')
          : '';
    // An error that only a developer can meet is thrown as it is, and a log is for developers too.
    const forDevelopers = /^(console|Error)$/.test(
      parent?.callee?.object?.name ?? parent?.callee?.name ?? '',
    );
    if (SENTENCE.test(said) && !forDevelopers) found.push(said);
    for (const [key, child] of Object.entries(node)) {
      if (/^(parent|css|loc|range|tokens|comments|leadingComments|trailingComments)$/.test(key))
        continue;
      const of = node.type === 'Attribute' ? node.name : key === 'fragment' ? null : attribute;
      if (child && typeof child === 'object')
        visit(child, node.type === 'ExpressionTag' ? parent : node, of);
    }
  };
  if (file.endsWith('.svelte')) {
    const { instance, module, fragment } = parse(text, { modern: true });
    visit([instance?.content, module?.content], null, 'script');
    visit(fragment, null, null);
  } else visit(ts.parser.parseForESLint(text, { range: true }).ast, null, 'script');
  return found;
}

const wrong = [];
const seen = new Set();
for (const file of readdirSync(SOURCES, { recursive: true }).sort()) {
  if (!/\.(svelte|ts)$/.test(file) || NOT_SHOWN.test(file)) continue;
  const found = sentencesIn(file, readFileSync(join(SOURCES, file), 'utf8'));
  const known = KNOWN.get(file) ?? 0;
  if (found.length > 0) seen.add(file);
  if (found.length > known)
    wrong.push(
      `${file} has text that is not in src/words:\n${found.map((one) => `    ${one}`).join('\n')}`,
    );
  else if (found.length < known)
    wrong.push(
      `${file} has ${found.length} texts by now: write that into ui/checks/sentences.json.`,
    );
}
for (const file of KNOWN.keys())
  if (!seen.has(file))
    wrong.push(`${file} has none by now: take it out of ui/checks/sentences.json.`);
if (wrong.length > 0) {
  console.error(wrong.join('\n'));
  process.exit(1);
}
console.log('All text of the page is in its catalogue.');
