/** The layouts of the panels, each for one kind of work. Keys are the order of `Alt+Shift+1` on. */
export const LAYOUTS = {
  learn: 'Learn',
  compare: 'Compare',
  memory: 'Memory',
  engineer: 'Engineer',
  present: 'Present',
} as const;

export type LayoutId = keyof typeof LAYOUTS;

export function isLayoutId(id: unknown): id is LayoutId {
  return typeof id === 'string' && Object.hasOwn(LAYOUTS, id);
}
