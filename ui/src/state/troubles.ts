// The contents of the panel Problems.

import type { Tab } from './tab.svelte.ts';
import type { WireError } from '../protocol.ts';

/** Returns the error of the last Run if it failed. */
export function failureOf(tab: Tab): WireError | null {
  return tab.report?.outcome.outcome === 'failed' ? tab.report.outcome.error : null;
}

/** Returns the number of entries in the panel Problems. */
export function troublesOf(tab: Tab): number {
  return tab.problems.length + (failureOf(tab) ? 1 : 0);
}
