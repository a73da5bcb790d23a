// What compilers, engines and other choices are called.

import type { Compiler, Engine, Form, Optimisation, WasiVersion } from '../protocol.ts';

/** The versions of WASI by the names that people know. */
export const WASI: Record<WasiVersion, string> = {
  snapshot0: 'snapshot 0 (wasi_unstable)',
  preview1: 'preview 1',
  wasix: 'WASIX',
};

/** The compilers by their names, in the order in which they are listed everywhere. */
export const COMPILERS: Record<Compiler, string> = {
  singlepass: 'Singlepass',
  cranelift: 'Cranelift',
  llvm: 'LLVM',
};

/** The engines by their names. */
export const ENGINES: Record<Engine, string> = { jit: 'JIT', native: 'Native' };

/** What a compiler makes. */
export const FORMS: Record<Form, string> = { ...ENGINES, object: 'Object file' };

/** How much a compiler tries, as it stands after "optimised". */
export const OPTIMISATIONS: Record<Optimisation, string> = {
  none: 'not at all',
  speed: 'for speed',
  speed_and_size: 'for speed and size',
};

/** The keys of such a list, as what they are. */
export function eachOf<K extends string>(names: Record<K, unknown>): readonly K[] {
  return Object.keys(names) as K[];
}
