// Adding panels to the dock.

import type { DockviewApi } from 'dockview';
import { PANELS, type PanelId } from '../values/panels.ts';

type Options = Omit<Parameters<DockviewApi['addPanel']>[0], 'id' | 'component' | 'title'>;

/** Adds a panel, by itself or beside another. */
export function add(api: DockviewApi, id: PanelId, options: Options = {}): void {
  api.addPanel({ id, component: id, title: PANELS[id], ...options } as Parameters<
    DockviewApi['addPanel']
  >[0]);
}

/** A size in pixels, rounded and within two bounds. */
export function between(value: number, least: number, most: number): number {
  return Math.round(Math.min(most, Math.max(least, value)));
}
