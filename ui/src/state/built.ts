// The result of a Build.

import type { Outcome } from '../protocol.ts';
import type { Tab } from './tab.svelte.ts';

/** Returns the outcome of the last Run if it made code without running it. */
export function builtBy(tab: Tab | null): Extract<Outcome, { outcome: 'built' }> | null {
  const outcome = tab?.report?.outcome;
  return outcome?.outcome === 'built' ? outcome : null;
}
