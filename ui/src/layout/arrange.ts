// The places of panels: the first ones, and those that the person chose.

import type { DockviewApi, SerializedDockview } from 'dockview';
import { isPanelId, PANELS, type PanelId } from '../values/panels.ts';

/** The width in pixels below which the list of lessons starts behind the panels on the right. */
const WIDE = 1100;

/** Puts every panel in its first place. */
export function arrange(api: DockviewApi): void {
  const wide = api.width >= WIDE;
  add(api, 'editor');
  add(api, 'console', { position: { direction: 'below' } });
  add(api, 'timings', { position: { referencePanel: 'console', direction: 'right' } });
  add(api, 'artifact', { position: { referencePanel: 'timings' }, inactive: true });
  add(api, 'memory', { position: { referencePanel: 'artifact' }, inactive: true });
  add(api, 'problems', { position: { referencePanel: 'console' }, inactive: true });
  add(api, 'calls', { position: { referencePanel: 'console' }, inactive: true });
  add(api, 'exports', { position: { referencePanel: 'editor', direction: 'right' } });
  add(api, 'imports', { position: { referencePanel: 'exports', index: 0 }, inactive: true });
  if (wide) add(api, 'lessons', { position: { referencePanel: 'editor', direction: 'left' } });
  for (const id of ['wasi', 'target', 'module', 'settings'] as const) {
    add(api, id, { position: { referencePanel: 'exports' }, inactive: true });
  }
  if (!wide) add(api, 'lessons', { position: { referencePanel: 'exports' }, inactive: true });
  size(api);
}

/**
 * Sets the size of every group. Sizes that are set while panels are added would be shared out
 * again.
 */
function size(api: DockviewApi): void {
  const { width, height } = api;
  api
    .getPanel('console')
    ?.group.api.setSize({ height: between(height * 0.42, Math.min(180, height / 2), 400) });
  api.getPanel('console')?.group.api.setSize({ width: width * 0.4 });
  if (width >= WIDE)
    api.getPanel('lessons')?.group.api.setSize({ width: between(width * 0.16, 180, 260) });
  api.getPanel('exports')?.group.api.setSize({ width: between(width * 0.31, 290, 480) });
}

function between(value: number, least: number, most: number): number {
  return Math.round(Math.min(most, Math.max(least, value)));
}

/**
 * The neighbours of each panel; the first that exists counts. Every panel is in some layout of
 * `arrange`, so a new one comes to the place where most people look for it.
 */
const BESIDE: Record<PanelId, readonly PanelId[]> = {
  lessons: ['exports', 'editor'],
  editor: ['exports', 'console'],
  exports: ['imports', 'settings', 'editor'],
  imports: ['exports', 'settings'],
  wasi: ['exports', 'settings'],
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
 * Restores the places of the panels. A kept layout may be of another version: panels that it lacks
 * are added in the background, and unknown ones are left out. Returns false if there was no layout.
 */
export function restore(api: DockviewApi, layout: unknown): boolean {
  if (layout === null || typeof layout !== 'object') return false;
  try {
    api.fromJSON(layout as SerializedDockview);
    for (const panel of api.panels.filter(({ id }) => !isPanelId(id))) api.removePanel(panel);
    if (api.panels.length > 0) {
      for (const id of Object.keys(PANELS) as PanelId[]) if (!api.getPanel(id)) addBeside(api, id);
      return true;
    }
  } catch (error) {
    console.warn('The kept layout cannot be used, so the first one is.', error);
  }
  api.clear();
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

type Options = Omit<Parameters<DockviewApi['addPanel']>[0], 'id' | 'component' | 'title'>;

function add(api: DockviewApi, id: PanelId, options: Options = {}): void {
  api.addPanel({ id, component: id, title: PANELS[id], ...options } as Parameters<
    DockviewApi['addPanel']
  >[0]);
}
