// The names of the page's controls, in the crates below the shells. Such a crate tells facts and
// gives advice that holds in every shell, and each shell names its own controls: the page in
// `ui/src/values/steps.json`, the command line in `crates/protocol/src/terminal/help.rs`.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** The files of the page's catalogue that have the names, each without imports. */
const NAMES = ['panels.ts', 'controls.ts'];

/** Words that only the controls of a page are called by. */
const PARTS = /\b(panels?|buttons?|toolbar|checkbox|dialog|palette|click(ed)?|press(ed)?)\b/i;
const SETTINGS = /\bin (the|its|their|a) (tab['’]s )?settings\b/i;

/**
 * Returns the literals that name a control of the page.
 * @param {string} root The project's folder.
 * @param {string[]} crates Folders of `crates`.
 * @returns {Promise<string[]>} Sentences.
 */
export async function namedControls(root, crates) {
  const labels = await labelsOf(join(root, 'ui', 'src', 'words', 'values'));
  return crates.flatMap((crate) => {
    const folder = join(root, 'crates', crate, 'src');
    return readdirSync(folder, { recursive: true })
      .filter((file) => file.endsWith('.rs') && !/(^|[/_])tests?\.rs$/.test(file))
      .flatMap((file) => {
        const found = controlsIn(readFileSync(join(folder, file), 'utf8'), labels);
        return found.map(
          ({ line, name }) =>
            `crates/${crate}/src/${file}:${line} names a control of the page: ${name}.`,
        );
      });
  });
}

/**
 * Returns the controls that the string literals of a Rust file name. Its tests do not count.
 * @param {string} text
 * @param {string[]} labels
 */
export function controlsIn(text, labels) {
  const found = [];
  for (const { line, words } of literalsOf(text)) {
    const name =
      PARTS.exec(words)?.[0] ??
      SETTINGS.exec(words)?.[0] ??
      labels.find((label) => isNamed(words, label));
    if (name !== undefined) found.push({ line, name });
  }
  return found;
}

/**
 * Returns true if words name a control by its label. A label of several words is one wherever it
 * stands. One of a single word is written with a capital letter within a sentence, where the word
 * itself is not (`Memory`).
 */
function isNamed(words, label) {
  const own = label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  if (/ /.test(label)) return new RegExp(`\\b${own}\\b`).test(words);
  // WASI is written like this everywhere.
  if (label === label.toUpperCase()) return false;
  return new RegExp(`[a-z,;:] (\\*\\*)?${own}\\b`).test(words);
}

/** Returns the string literals of a Rust file without the code in backticks in them. */
function literalsOf(text) {
  const code = text.replace(/#\[cfg\(test\)\][^;{]*\bmod \w+\s*\{[^]*$/, '');
  const literals = [];
  const token = /\/\/.*|\/\*[^]*?\*\/|'(?:\\.[^']*|[^'\\])'|r(#*)"[^]*?"\1|"(?:[^"\\]|\\[^])*"/g;
  for (const { 0: token_, index } of code.matchAll(token)) {
    if (!/^r?#*"/.test(token_)) continue;
    const words = token_.replace(/\\\n\s*/g, '').replace(/`[^`]*`/g, '``');
    literals.push({ line: code.slice(0, index).split('\n').length, words });
  }
  return literals;
}

/** Returns the texts of all tables of the modules with names. */
async function labelsOf(folder) {
  const labels = new Set();
  for (const file of NAMES) {
    const { outputText } = ts.transpileModule(readFileSync(join(folder, file), 'utf8'), {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    });
    const module = await import(`data:text/javascript,${encodeURIComponent(outputText)}`);
    for (const table of Object.values(module)) {
      if (typeof table === 'object') Object.values(table).forEach((label) => labels.add(label));
    }
  }
  return [...labels];
}
