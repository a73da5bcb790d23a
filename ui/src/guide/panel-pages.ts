// Which page of the guide is about which panel.

import type { PanelId } from '../values/panels.ts';

/** The page of the guide about a panel. */
export function pageOf(panel: PanelId): string {
  return panel === 'editor' ? 'source.md' : `${panel}.md`;
}
