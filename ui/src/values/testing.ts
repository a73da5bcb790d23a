// Values of the workbench that tests make.

import type { Sentence } from '../protocol.ts';

/** Makes a sentence without facts. */
export function sentence(text: string): Sentence {
  return { text, wording: { pattern: text } };
}
