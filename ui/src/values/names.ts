// The names of compilers, engines and other choices.

import type { Compiler, Engine, Form, Optimisation, WasiVersion } from '../protocol.ts';

/** The names of WASI's versions, as people know them. */
export const WASI: Record<WasiVersion, string> = {
  snapshot0: 'snapshot 0 (wasi_unstable)',
  preview1: 'preview 1',
  wasix: 'WASIX',
};

/** The names of the compilers, in the order in which they are listed everywhere. */
export const COMPILERS: Record<Compiler, string> = {
  singlepass: 'Singlepass',
  cranelift: 'Cranelift',
  llvm: 'LLVM',
};

/** The names of the engines. */
export const ENGINES: Record<Engine, string> = { jit: 'JIT', native: 'Native' };

/** The names of the forms that a compiler makes. */
export const FORMS: Record<Form, string> = { ...ENGINES, object: 'Object file' };

/** The optimisation in words, to follow "optimised". */
export const OPTIMISATIONS: Record<Optimisation, string> = {
  none: 'not at all',
  speed: 'for speed',
  speed_and_size: 'for speed and size',
};

/** Returns the keys of a record with their type. */
export function eachOf<K extends string>(names: Record<K, unknown>): readonly K[] {
  return Object.keys(names) as K[];
}
