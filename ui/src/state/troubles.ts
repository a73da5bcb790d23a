// The contents of the panel Problems.

import type { Tab } from './tab.svelte.ts';
import type { Problem, WireError } from '../protocol.ts';

/**
 * Returns the error of the last Run if it failed. A mistake in the text that is listed already is
 * not told again, and one in an older text is over.
 */
export function failureOf({ report, problems, changed }: Tab): WireError | null {
  if (report?.outcome.outcome !== 'failed') return null;
  const { error } = report.outcome;
  const ofText = error.code === 'invalid_module' || error.code === 'malformed_text';
  return ofText && (changed || problems.length > 0) ? null : error;
}

/** Returns the problems of the source without the one that the failed Run tells, with more advice. */
export function problemsOf(tab: Tab): readonly Problem[] {
  const failure = tab.changed ? null : failureOf(tab);
  return tab.problems.filter(({ message }) => message !== failure?.message);
}

/** Returns the number of problems of the text and the settings as they are now. */
export function troublesOf(tab: Tab): number {
  return problemsOf(tab).length + (failureOf(tab) && !tab.changed ? 1 : 0);
}
