// Panels where the person put them.

import type { DockviewApi, SerializedDockview } from 'dockview';
import { isPanelId, PANELS, type PanelId } from '../values/panels.ts';
import { add } from './add.ts';

/**
 * Panels that each one stands with, the first of them that is there. All are in every layout, so
 * one that is new comes to the place at which most people look for it.
 */
const BESIDE: Record<PanelId, readonly PanelId[]> = {
  lessons: ['exports', 'editor'],
  lesson: ['lessons', 'exports'],
  editor: ['exports', 'console'],
  exports: ['imports', 'settings', 'editor'],
  imports: ['exports', 'settings'],
  wasi: ['exports', 'settings'],
  'wasi-calls': ['calls', 'console'],
  files: ['console', 'problems'],
  target: ['exports', 'settings'],
  module: ['exports', 'settings'],
  settings: ['exports', 'target'],
  console: ['problems', 'calls', 'timings'],
  problems: ['console', 'calls'],
  timings: ['artifact', 'memory', 'console'],
  artifact: ['timings', 'memory'],
  calls: ['console', 'problems'],
  memory: ['timings', 'artifact'],
};

/**
 * Puts the panels at the places that were kept. A kept layout may be of another version: a panel
 * that it lacks is added behind its neighbours, and one that no longer exists is left out. Tells
 * whether there was a layout.
 */
export function restore(api: DockviewApi, kept: unknown): boolean {
  if (kept === null || typeof kept !== 'object') return false;
  try {
    api.fromJSON(kept as SerializedDockview);
    for (const panel of api.panels.filter(({ id }) => !isPanelId(id))) api.removePanel(panel);
    if (api.panels.length > 0) {
      for (const id of Object.keys(PANELS) as PanelId[]) if (!api.getPanel(id)) addBeside(api, id);
      return true;
    }
  } catch (error) {
    console.warn('The kept layout cannot be used; the first one is.', error);
  }
  return false;
}

function addBeside(api: DockviewApi, id: PanelId): void {
  const referencePanel = BESIDE[id].find((other) => api.getPanel(other)) ?? api.panels[0]?.id;
  add(
    api,
    id,
    referencePanel === undefined ? {} : { position: { referencePanel }, inactive: true },
  );
}
