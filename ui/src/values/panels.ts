/** The panels of the dock. */
export const PANELS = {
  lessons: 'Lessons',
  editor: 'Source',
  exports: 'Exports',
  imports: 'Imports',
  wasi: 'WASI',
  files: 'Files',
  target: 'Target',
  module: 'Module',
  settings: 'Settings',
  console: 'Console',
  problems: 'Problems',
  timings: 'Timings',
  artifact: 'Artifact',
  calls: 'Calls',
  memory: 'Memory',
} as const;

export type PanelId = keyof typeof PANELS;

export function isPanelId(id: string): id is PanelId {
  return Object.hasOwn(PANELS, id);
}
