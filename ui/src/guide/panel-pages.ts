// The pages of the guide about the panels.

import type { PanelId } from '../values/panels.ts';

/** Returns the page of the guide about a panel. */
export function pageOf(panel: PanelId): string {
  return panel === 'editor' ? 'source.md' : `${panel}.md`;
}
