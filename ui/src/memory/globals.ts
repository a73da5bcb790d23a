// Globals that can be addresses.

import type { InstanceView } from '../protocol.ts';

/** Returns the exported integer globals by name, since an address may be in one. */
export function globalsOf(instance: InstanceView | null): Map<string, bigint> {
  const globals = new Map<string, bigint>();
  for (const { name, value } of instance?.exports.exports ?? []) {
    if (value?.type === 'i32' || value?.type === 'i64') globals.set(name, BigInt(value.value));
  }
  return globals;
}
