// The panels.

import { words } from '../words/values/panels.ts';

/** The panels of the dock. */
export const PANELS = {
  lessons: words.lessons,
  lesson: words.lesson,
  editor: words.source,
  exports: words.exports,
  imports: words.imports,
  wasi: words.wasi,
  'wasi-calls': words.wasiCalls,
  files: words.files,
  target: words.target,
  module: words.module,
  settings: words.settings,
  console: words.console,
  problems: words.problems,
  timings: words.timings,
  artifact: words.artifact,
  calls: words.calls,
  memory: words.memory,
} as const;

export type PanelId = keyof typeof PANELS;

export function isPanelId(id: string): id is PanelId {
  return Object.hasOwn(PANELS, id);
}
