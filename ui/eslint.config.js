import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const here = dirname(fileURLToPath(import.meta.url));

/** Only the window's platform may know Tauri: the same page runs in a browser. */
const tauri = {
  patterns: [
    { group: ['@tauri-apps/*'], message: 'Only ui/src/platform/window.ts may import Tauri.' },
  ],
};

const OWN_NAMES =
  'A name from outside may be one that every object has (constructor, __proto__): keep things by name in a Map.';
const JOINED =
  'Names that are joined are no key: "a b" and "c" are then "a" and "b c". Use an index, or a Map of Maps.';

/** Objects with any name as a key, and keys that are made of several names. `ui/checks/keys.js` shows what is refused. */
const keys = [
  {
    selector:
      ':not(TSSatisfiesExpression) > TSTypeReference[typeName.name="Record"][typeArguments.params.0.type="TSStringKeyword"]',
    message: OWN_NAMES,
  },
  {
    selector: 'TSIndexSignature[parameters.0.typeAnnotation.typeAnnotation.type="TSStringKeyword"]',
    message: OWN_NAMES,
  },
  // What is named as another type has no key that is just any text.
  {
    selector:
      ':not(TSAsExpression) > CallExpression[callee.object.name="Object"][callee.property.name="fromEntries"]',
    message: OWN_NAMES,
  },
  {
    selector:
      'BinaryExpression[operator="in"]:not([left.type="Literal"]):not([left.type="PrivateIdentifier"])',
    message: OWN_NAMES,
  },
  { selector: 'SvelteEachBlock[key.type="TemplateLiteral"]', message: JOINED },
  {
    selector:
      'CallExpression[callee.property.name=/^(get|set|has|add|delete)$/] > TemplateLiteral.arguments:first-child[expressions.length>1]',
    message: JOINED,
  },
];

export default ts.config(
  { ignores: ['dist/', 'plot/', 'src/protocol.ts', 'checks/seeded/'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.browser, ...globals.node },
      parserOptions: { tsconfigRootDir: here },
    },
    rules: {
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', ...keys],
      'no-restricted-imports': ['error', tauri],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig },
    },
  },
  // The names in a test are the test's own.
  { files: ['**/*.test.ts', '**/testing.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['src/platform/window.ts', 'src/platform/window.test.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
);
