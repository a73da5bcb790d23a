// Choices that come from a function's type or from a module.

import type { ExternType, ModuleView } from '../protocol.ts';
import { words } from '../words/imports/choices.ts';

/** Returns the integer parameters of a function. */
export function integersOf(type: ExternType): { value: number; title: string }[] {
  const params = type.kind === 'function' ? type.params : [];
  return params.flatMap((param, value) =>
    param === 'i32' || param === 'i64' ? [{ value, title: words.parameter(value, param) }] : [],
  );
}

/**
 * Returns the names of a module's memories. If several have the same name, the runner takes the
 * first one, as this list does.
 */
export function memoriesOf(module: ModuleView | null): string[] {
  return [...new Set(module?.memories ?? [])];
}
