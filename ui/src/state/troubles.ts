// What of a tab needs to be seen in the panel of problems.

import type { Tab } from './tab.svelte.ts';
import type { WireError } from '../protocol.ts';

/** Why the last Run failed, where it did and is not the same as what was found in the text. */
export function failureOf(tab: Tab): WireError | null {
  return tab.report?.outcome.outcome === 'failed' ? tab.report.outcome.error : null;
}

/** How many things need to be seen in the panel of problems. */
export function troublesOf(tab: Tab): number {
  return tab.problems.length + (failureOf(tab) ? 1 : 0);
}
