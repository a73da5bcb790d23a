// The list of a lesson's checks while they are tried: those that are known, and those to come.

import type { LessonCheck, Sentence } from '../protocol.ts';

/** A check in the list. One that was not tried yet has only its sentence. */
export type ListedCheck = Pick<LessonCheck, 'text'> & Partial<LessonCheck>;

/**
 * Returns the checks that are known, and behind them the sentences of the others. A check that is in
 * no sentence, such as that the module runs, takes the place of none.
 */
export function withOpen(
  known: readonly LessonCheck[],
  sentences: readonly Sentence[],
): ListedCheck[] {
  let next = 0;
  for (const { text } of known) if (sentences[next]?.text === text.text) next++;
  return [...known, ...sentences.slice(next).map((text) => ({ text }))];
}
