// A plugin of Vite that puts the sentences of one language into the built page, where the sources name them. So a page
// has no other language's sentences, no keys, and no code that looks them up.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { richPiecesOf } from '../src/values/prose.ts';
import { PATTERNS } from '../src/words/core.ts';
import { longer, madeUp } from './made-up.js';

const WORDS = fileURLToPath(new URL('../src/words/', import.meta.url));
const TRANSLATIONS = join(WORDS, 'translations.ts');
const PROTOCOL = fileURLToPath(new URL('../src/protocol.ts', import.meta.url));
/** The fields of a description of a provider that people read. */
const DESCRIBED = /"(title|label|help|null|on|off|unit|yes)":("(?:[^"\\]|\\.)*")/g;
const STEPS = fileURLToPath(new URL('../src/values/steps.json', import.meta.url));
const IMPORT = /import \{ words(?: as (\w+))? \} from '(\.[^']*)';/g;

/** The language of the tests: see `made-up.js`. */
const MADE_UP = 'made-up';

/**
 * Returns the plugin.
 * @param {string | undefined} language The name of a file in `src/words/languages`, or `made-up`; none is English.
 */
export function catalogue(language) {
  const translated = language && language !== MADE_UP ? translationsOf(language) : new Map();
  const sentences = new Map();

  /** Returns the sentences of a file of the catalogue, each as the text of an expression, or null. */
  function sentencesOf(file) {
    if (!sentences.has(file)) {
      const own = readSentences(file);
      const others = translated.get(relative(WORDS, file).replace(/\.ts$/, ''));
      for (const key of own.keys()) {
        if (language === MADE_UP) own.set(key, madeUp(own.get(key)));
        else if (others?.has(key)) own.set(key, others.get(key));
      }
      sentences.set(file, own);
    }
    return sentences.get(file);
  }

  /** Returns the sentences of `steps.json`, which the guide has too, in the language. */
  function stepsIn(json) {
    const own = translated.get('values/steps');
    const steps = JSON.parse(json);
    for (const [code, step] of Object.entries(steps)) {
      if (step === null) continue;
      steps[code] = language === MADE_UP ? longer(step) : (own?.get(code)?.text ?? step);
    }
    return JSON.stringify(steps);
  }

  /** Returns the translations of the workbench's sentences by their patterns; null in English. */
  function patterns() {
    if (!language) return null;
    const own = translated.get('core');
    if (language !== MADE_UP) return new Map([...(own ?? [])].map(textsOf));
    return new Map(PATTERNS.map((pattern) => [pattern, longer(pattern)]));
  }

  /** Returns the text of `protocol.ts` with the descriptions of providers in the language. */
  function described(code) {
    const by = patterns();
    const from = code.indexOf('export const PROVIDERS');
    const there = code.slice(from).replace(DESCRIBED, (whole, key, literal) => {
      const text = by.get(JSON.parse(literal));
      return text === undefined ? whole : `"${key}":${JSON.stringify(text)}`;
    });
    return code.slice(0, from) + there;
  }

  return {
    name: 'catalogue',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (id === TRANSLATIONS)
        return { code: `export const TRANSLATIONS = ${mapOf(patterns())};`, map: null };
      if (id === PROTOCOL && language) return { code: described(code), map: null };
      if (id === STEPS) return { code: stepsIn(code), map: null };
      if (id.startsWith(WORDS)) {
        if (!code.includes('export const words = {')) return null;
        const imports = code.match(/^import .*$/gm) ?? [];
        const own = [...sentencesOf(id)].map(
          ([key, node]) => `export const ${key}_ = ${textOf(node)};\n`,
        );
        return { code: [...imports, ...own].join('\n'), map: null };
      }
      if (!/\.(svelte|ts)$/.test(id)) return null;
      let out = code;
      for (const [whole, local = 'words', path] of code.matchAll(IMPORT)) {
        const file = join(dirname(id), path);
        if (!file.startsWith(WORDS)) continue;
        if (new RegExp(`\\b${local}\\[`).test(code))
          this.error(
            `${id}: a sentence cannot be chosen by its key. Put a table into the file of its words.`,
          );
        out = named(
          out.replace(whole, `import * as ${local} from '${path}';`),
          local,
          sentencesOf(file),
          id,
        );
      }
      return out === code ? null : { code: out, map: null };
    },
  };
}

/** Returns the text of a file with plain sentences in the places of their names. */
function named(code, local, sentences, id) {
  const plain = (key) => {
    const node = sentences.get(key);
    return node && ts.isStringLiteralLike(node) ? node.text : null;
  };
  // In the markup of a component, a text and an attribute are plain markup again.
  const markup = id.endsWith('.svelte') ? code.search(/<\/script>(?![^]*<\/script>)/) : code.length;
  const body = code
    .slice(Math.max(markup, 0))
    .replace(new RegExp(`<Rich text=\\{${local}\\.(\\w+)\\} />`, 'g'), (whole, key) => {
      const text = plain(key);
      return text === null ? whole : richPiecesOf(text).map(markupOf).join('');
    })
    .replace(new RegExp(`(=?)(?<!\\$)\\{${local}\\.(\\w+)\\}`, 'g'), (whole, attribute, key) => {
      const text = plain(key);
      if (text === null) return whole;
      return attribute === '' ? escaped(text) : `="${escaped(text)}"`;
    });
  return (code.slice(0, Math.max(markup, 0)) + body).replace(
    new RegExp(`(?<![./\\w])${local}\\.(\\w+)`, 'g'),
    (whole, key) => {
      const text = plain(key);
      if (text !== null) return JSON.stringify(text);
      return sentences.has(key) ? `${local}.${key}_` : whole;
    },
  );
}

/** Returns the markup of a piece of a sentence, which `chrome/Rich.svelte` shows while the page runs. */
function markupOf({ text, kind }) {
  const element = { code: 'code', name: 'strong', key: 'kbd' }[kind];
  return element === undefined ? escaped(text) : `<${element}>${escaped(text)}</${element}>`;
}

/** Returns a text for markup of Svelte. */
function escaped(text) {
  return text.replace(/[&<>"{}]/g, (one) => `&#${one.charCodeAt(0)};`);
}

/** Returns the sentences of a file: the expression of each, by its key. */
function readSentences(file) {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const properties = [];
  const visit = (node) => {
    if (ts.isVariableDeclaration(node) && node.name.text === 'words')
      properties.push(...node.initializer.properties);
    else ts.forEachChild(node, visit);
  };
  visit(source);
  return new Map(properties.map(({ name, initializer }) => [name.text, initializer]));
}

/** Returns the sentences of a language by the files of the catalogue and their keys. */
function translationsOf(language) {
  const file = join(WORDS, 'languages', `${language}.ts`);
  if (!existsSync(file))
    throw new Error(`There is no language ${language}: ${file} does not exist.`);
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const table = source.statements.find((one) => ts.isExportAssignment(one)).expression;
  const object = ts.isSatisfiesExpression(table) ? table.expression : table;
  return new Map(
    object.properties.map(({ name, initializer }) => [
      name.text,
      new Map(initializer.properties.map((one) => [one.name.text, one.initializer])),
    ]),
  );
}

/** Returns the text of a map as an expression. */
function mapOf(map) {
  return map === null ? 'null' : `new Map(${JSON.stringify([...map])})`;
}

/** Returns a pattern with its translation. */
function textsOf([pattern, node]) {
  return [pattern, node.text];
}

/** Returns the text of an expression: of a file as it is, or one that was made. */
function textOf(node) {
  return node.getText();
}
