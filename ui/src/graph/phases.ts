// The compilers and phases that have a line in the graph.

import type { Compiler, Phase } from '../protocol.ts';
import { words } from '../words/graph/phases.ts';

/** The compilers, in the order in which they are listed everywhere. */
export const COMPILERS = ['singlepass', 'cranelift', 'llvm'] as const satisfies Compiler[];

/**
 * The phases of a run, in order. A compiler is started once in a session, so most figures of
 * `start` stand alone.
 */
export const PHASES = [
  'parse',
  'start',
  'compile',
  'seal',
  'load',
  'instantiate',
  'call',
] as const satisfies Phase[];

/** The names of the compilers for people. */
export const COMPILER_NAMES: Record<Compiler, string> = {
  singlepass: 'Singlepass',
  cranelift: 'Cranelift',
  llvm: 'LLVM',
};

/** Returns the name of a compiler. */
export function compilerName(compiler: Compiler | null): string {
  return compiler === null ? words.unknownCompiler : COMPILER_NAMES[compiler];
}
