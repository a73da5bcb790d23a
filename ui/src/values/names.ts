// The names of compilers, engines and other choices.

import type { Compiler, Engine, Form, Optimisation, WasiVersion } from '../protocol.ts';
import { words as say } from '../words/values/names.ts';

/** The names of WASI's versions, as people know them. */
export const WASI: Record<WasiVersion, string> = {
  snapshot0: say.snapshotWasiUnstable,
  preview1: say.preview,
  wasix: 'WASIX',
};

/** The names of the compilers, in the order in which they are listed everywhere. */
export const COMPILERS: Record<Compiler, string> = {
  singlepass: 'Singlepass',
  cranelift: 'Cranelift',
  llvm: 'LLVM',
};

/** The names of the engines. */
export const ENGINES: Record<Engine, string> = { jit: 'JIT', native: say.native };

/** The names of the forms that a compiler makes. */
export const FORMS: Record<Form, string> = { ...ENGINES, object: say.objectFile };

/** The optimisation in words, to follow "optimised". */
export const OPTIMISATIONS: Record<Optimisation, string> = {
  none: say.notAll,
  speed: say.speed,
  speed_and_size: say.speedSize,
};

/** Returns the keys of a record with their type. */
export function eachOf<K extends string>(names: Record<K, unknown>): readonly K[] {
  return Object.keys(names) as K[];
}
