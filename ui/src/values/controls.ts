// The names of the controls that help after an error speaks of: buttons and settings. The controls
// have their labels from here, and `npm test -- rooms` takes the names that only a shell may say
// from here and from `panels.ts`.

import type { Limits } from '../protocol.ts';
import { words } from '../words/values/controls.ts';

/** The labels of buttons and choices. */
export const BUTTONS = {
  run: words.run,
  stop: words.stop,
  end: words.end,
  provide: words.provideAll,
  save_imports: words.save,
  trust: words.trustRun,
} as const;

/** The labels of the limits. */
export const LIMITS: Record<keyof Limits, string> = {
  memory_pages: words.memoryPages,
  table_elements: words.tableElements,
  call_ms: words.timeCallMs,
  stack_kib: words.stackKib,
  store_mib: words.memoriesTablesMib,
};

/** The labels of the other settings. */
export const SETTINGS = {
  code: words.code,
  count_instructions: words.countInstructions,
  proposals: words.proposals,
  unknown_imports: words.missingFunctionImports,
  unknown_imports_error: words.doNotStartModule,
  unknown_imports_trap: words.letThemTrap,
} as const;
