// What a Build came to.

import type { Outcome } from '../protocol.ts';
import type { Tab } from './tab.svelte.ts';

/** How the last Run made code without running it, where it did. */
export function builtBy(tab: Tab | null): Extract<Outcome, { outcome: 'built' }> | null {
  const outcome = tab?.report?.outcome;
  return outcome?.outcome === 'built' ? outcome : null;
}
