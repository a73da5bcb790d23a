// The layout Engineer: most panels are in sight at once.

import type { DockviewApi } from 'dockview';
import { add, between } from './add.ts';

/** Narrower than this, the list of lessons starts behind the panels on the right. */
const WIDE = 1100;
/** The least height of the lower row: Timings with its graph, which is 12rem high. */
const LOWEST = 304;

/** Puts every panel in its first place. */
export function arrangeEngineer(api: DockviewApi): void {
  const wide = api.width >= WIDE;
  add(api, 'editor');
  add(api, 'console', { position: { direction: 'below' } });
  add(api, 'timings', { position: { referencePanel: 'console', direction: 'right' } });
  add(api, 'artifact', { position: { referencePanel: 'timings' }, inactive: true });
  add(api, 'memory', { position: { referencePanel: 'artifact' }, inactive: true });
  add(api, 'problems', { position: { referencePanel: 'console' }, inactive: true });
  add(api, 'calls', { position: { referencePanel: 'console' }, inactive: true });
  add(api, 'wasi-calls', { position: { referencePanel: 'console' }, inactive: true });
  add(api, 'files', { position: { referencePanel: 'console' }, inactive: true });
  add(api, 'exports', { position: { referencePanel: 'editor', direction: 'right' } });
  add(api, 'imports', { position: { referencePanel: 'exports', index: 0 }, inactive: true });
  if (wide) add(api, 'lessons', { position: { referencePanel: 'editor', direction: 'left' } });
  for (const id of ['wasi', 'target', 'module', 'settings'] as const) {
    add(api, id, { position: { referencePanel: 'exports' }, inactive: true });
  }
  if (wide) add(api, 'lesson', { position: { referencePanel: 'lessons', direction: 'below' } });
  else add(api, 'lesson', { position: { referencePanel: 'exports' }, inactive: true });
  if (!wide) add(api, 'lessons', { position: { referencePanel: 'exports' }, inactive: true });
  size(api);
}

/**
 * Gives every group its part of the room. Sizes asked for while panels are added would be shared
 * out again.
 */
function size(api: DockviewApi): void {
  const { width, height } = api;
  api
    .getPanel('console')
    ?.group.api.setSize({ height: between(height * 0.42, Math.min(LOWEST, height / 2), 400) });
  api.getPanel('console')?.group.api.setSize({ width: width * 0.4 });
  if (width >= WIDE) {
    api.getPanel('lessons')?.group.api.setSize({ height: height * 0.4 });
    api.getPanel('lessons')?.group.api.setSize({ width: between(width * 0.16, 180, 260) });
  }
  api.getPanel('exports')?.group.api.setSize({ width: between(width * 0.35, 290, 520) });
}
