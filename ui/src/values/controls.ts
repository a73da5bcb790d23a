// The names of the controls that help after an error speaks of: buttons and settings. The controls
// have their labels from here, and `npm test -- rooms` takes the names that only a shell may say
// from here and from `panels.ts`.

import type { Limits } from '../protocol.ts';

/** The labels of buttons and choices. */
export const BUTTONS = {
  run: 'Run',
  stop: 'Stop',
  end: 'End it',
  provide: 'Provide all',
  save_imports: 'Save',
  trust: 'Trust it and run',
} as const;

/** The labels of the limits. */
export const LIMITS: Record<keyof Limits, string> = {
  memory_pages: 'Memory, in pages',
  table_elements: 'Table, in elements',
  call_ms: 'Time of a call, in ms',
  stack_kib: 'Stack, in KiB',
  store_mib: 'Memories and tables, in MiB',
};

/** The labels of the other settings. */
export const SETTINGS = {
  proposals: 'Proposals',
  unknown_imports: 'Missing function imports',
  unknown_imports_error: 'Do not start the module',
  unknown_imports_trap: 'Let them trap',
} as const;
