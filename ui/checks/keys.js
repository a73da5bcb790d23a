// Proves that the lint notices objects that take any name as a key, and keys that are made by joining names.

import { ESLint } from 'eslint';
import { fileURLToPath } from 'node:url';

const REFUSED = [
  'export const calls: Record<string, number> = {};',
  'export const calls: Readonly<Record<string, number>> = {};',
  'export const calls: { [name: string]: number } = {};',
  'export const of = (names: string[]) => Object.fromEntries(names.map((name) => [name, 1]));',
  'export const has = (calls: object, name: string) => name in calls;',
  'export const has = (known: Set<string>, a: string, b: string) => known.has(`${a} ${b}`);',
];
const REFUSED_COMPONENT = `<script lang="ts">
  const { all }: { all: { module: string; name: string }[] } = $props();
</script>

{#each all as one (\`\${one.module} \${one.name}\`)}{one.name}{/each}
`;
const ALLOWED = `export const SIZES: Record<'a' | 'b', number> = { a: 1, b: 2 };
export const known = new Map<string, number>();
export const has = (one: { a: number } | { b: number }) => 'a' in one && known.has(\`\${one.a}\`);
`;

const root = fileURLToPath(new URL('../..', import.meta.url));
const eslint = new ESLint({ cwd: root, overrideConfigFile: 'ui/eslint.config.js' });

async function isRefused(text, file) {
  const [{ messages }] = await eslint.lintText(text, { filePath: `${root}ui/src/${file}` });
  return messages.some(({ ruleId }) => ruleId === 'no-restricted-syntax');
}

const wrong = [];
for (const text of REFUSED)
  if (!(await isRefused(text, 'seeded.ts'))) wrong.push(`The lint let pass: ${text}`);
if (!(await isRefused(REFUSED_COMPONENT, 'Seeded.svelte')))
  wrong.push(`The lint let pass: ${REFUSED_COMPONENT}`);
if (await isRefused(ALLOWED, 'seeded.ts')) wrong.push(`The lint refused: ${ALLOWED}`);
if (wrong.length > 0) {
  console.error(wrong.join('\n'));
  process.exit(1);
}
console.log('The lint notices names as keys of objects, and keys of joined names.');
