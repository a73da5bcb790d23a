// Environment variables as the text of an `.env` file.

import type { EnvironmentVariable } from '../protocol.ts';

/** The variables of a text, or the number of the first line that is not one. */
export type Variables =
  { readonly variables: EnvironmentVariable[] } | { readonly wrongLine: number };

/**
 * Reads lines of `NAME=VALUE`. Empty lines and those that begin with `#` are left out, and so is
 * `export` before a name. A value between quotes loses them; `\n` within double quotes is a line end.
 * The last of several variables of one name counts.
 */
export function readVariables(text: string): Variables {
  const found = new Map<string, string>();
  for (const [index, whole] of text.split(/\r?\n/).entries()) {
    const line = whole.trim().replace(/^export\s+/, '');
    if (line === '' || line.startsWith('#')) continue;
    const equals = line.indexOf('=');
    const name = line.slice(0, Math.max(0, equals)).trim();
    if (name === '') return { wrongLine: index + 1 };
    found.delete(name);
    found.set(name, valueOf(line.slice(equals + 1).trim()));
  }
  return { variables: [...found].map(([name, value]) => ({ name, value })) };
}

function valueOf(text: string): string {
  const [, quoted] = /^"((?:[^"\\]|\\.)*)"/.exec(text) ?? [];
  if (quoted !== undefined)
    return quoted.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter));
  const [, single] = /^'([^']*)'/.exec(text) ?? [];
  return single ?? text.replace(/\s+#.*$/, '');
}

/** Adds variables. Each replaces one of the same name. */
export function withVariables(
  before: readonly EnvironmentVariable[],
  added: readonly EnvironmentVariable[],
): EnvironmentVariable[] {
  const rest = before.filter(({ name }) => !added.some((one) => one.name === name));
  return [...rest, ...added];
}
