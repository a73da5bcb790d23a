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
  patterns: [{ group: ['@tauri-apps/*'], message: 'Only ui/src/platform/window.ts may import Tauri.' }],
};

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
      'no-restricted-imports': ['error', tauri],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  { files: ['src/platform/window.ts', 'src/platform/window.test.ts'], rules: { 'no-restricted-imports': 'off' } },
);
