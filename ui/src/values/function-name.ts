// Names of functions.

import { words } from '../words/values/function-name.ts';

/**
 * Returns the name of a function for people: its name in the text, else the name of an export, in
 * quotes, else its index.
 */
export function functionName(index: number, name: string | null | undefined): string {
  if (name === null || name === undefined || name === '') return words.functionWord(index);
  return name.startsWith('"') ? words.functionWord2(name, index) : `$${name.replace(/^\$/, '')}`;
}
