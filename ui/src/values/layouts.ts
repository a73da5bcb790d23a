// The layouts of the panels.

import { words } from '../words/values/layouts.ts';

/** The layouts of the panels, each for one kind of work. Keys are the order of `Alt+Shift+1` on. */
export const LAYOUTS = {
  learn: words.learn,
  compare: words.compare,
  memory: words.memory,
  engineer: words.engineer,
  present: words.present,
} as const;

export type LayoutId = keyof typeof LAYOUTS;

export function isLayoutId(id: unknown): id is LayoutId {
  return typeof id === 'string' && Object.hasOwn(LAYOUTS, id);
}
