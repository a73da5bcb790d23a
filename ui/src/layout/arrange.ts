import type { DockviewApi, SerializedDockview } from 'dockview';
import { PANELS, type PanelId } from './panels.ts';

/** Narrower than this, the list of lessons starts behind the panels on the right. */
const WIDE = 1100;

/** Puts every panel in its first place. */
export function arrange(api: DockviewApi): void {
  const wide = api.width >= WIDE;
  const bottom = Math.round(Math.min(340, Math.max(180, api.height * 0.34)));
  const right = Math.round(Math.min(420, Math.max(280, api.width * 0.28)));

  add(api, 'editor');
  add(api, 'console', { position: { direction: 'below' }, initialHeight: bottom });
  add(api, 'timings', { position: { referencePanel: 'console', direction: 'right' } });
  add(api, 'problems', { position: { referencePanel: 'console' }, inactive: true });
  add(api, 'exports', { position: { referencePanel: 'editor', direction: 'right' }, initialWidth: right });
  if (wide) {
    add(api, 'lessons', { position: { referencePanel: 'editor', direction: 'left' }, initialWidth: 200 });
  }
  for (const id of ['wasi', 'module', 'settings'] as const) {
    add(api, id, { position: { referencePanel: 'exports' }, inactive: true });
  }
  if (!wide) add(api, 'lessons', { position: { referencePanel: 'exports' }, inactive: true });
}

/** Puts the panels where they were. Gives whether that could be done: a kept layout may be of another version. */
export function restore(api: DockviewApi, layout: unknown): boolean {
  if (layout === null || typeof layout !== 'object') return false;
  try {
    api.fromJSON(layout as SerializedDockview);
    if (Object.keys(PANELS).every((id) => api.getPanel(id))) return true;
  } catch (error) {
    console.warn('The kept layout cannot be used; the first one is.', error);
  }
  api.clear();
  return false;
}

type Options = Omit<Parameters<DockviewApi['addPanel']>[0], 'id' | 'component' | 'title'>;

function add(api: DockviewApi, id: PanelId, options: Options = {}): void {
  api.addPanel({ id, component: id, title: PANELS[id], ...options } as Parameters<DockviewApi['addPanel']>[0]);
}
