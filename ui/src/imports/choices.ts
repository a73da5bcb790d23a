// What can be chosen of a function's type and of a module.

import type { ExternType, ModuleSummary } from '../protocol.ts';

/** The parameters of a function that are integers. */
export function integersOf(type: ExternType): { value: number; title: string }[] {
  const params = type.kind === 'function' ? type.params : [];
  return params.flatMap((param, value) =>
    param === 'i32' || param === 'i64' ? [{ value, title: `parameter ${value} (${param})` }] : [],
  );
}

/**
 * The names of a module's memories. Of several that are called the same, the runner takes the first
 * too.
 */
export function memoriesOf(module: ModuleSummary | null): string[] {
  const exported = (module?.exports ?? [])
    .filter((one) => one.type.kind === 'memory')
    .map((one) => one.name);
  const imported = (module?.imports ?? [])
    .filter((one) => one.type.kind === 'memory')
    .map((one) => `${one.module}.${one.name}`);
  return [...new Set([...exported, ...imported])];
}
