// Records of runs as the lines of the graph.

import type { Compiler, Phase, RunRecord } from '../protocol.ts';
import { PHASE_NAMES } from '../values/phases.ts';
import { words } from '../words/graph/series.ts';

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

/** Returns the name of the compiler of a record. */
export function compilerOf(record: RunRecord): string {
  return record.compiler === null ? words.unknownCompiler : COMPILER_NAMES[record.compiler];
}

/** One line of the graph: the times of one phase with one compiler, record after record. */
export interface Series {
  /** The name of the line: `Cranelift compile`. */
  name: string;
  compiler: Compiler;
  phase: Phase;
  /** The places in the list of records, from 1, ascending. */
  xs: number[];
  /** The times in milliseconds, one for each of `xs`. */
  ys: number[];
}

/**
 * Returns a series for each compiler and phase with any figure, ordered by compiler, then phase.
 *
 * A record counts only for its compiler and for the phases that happened. A run whose code came
 * from the cache has no compile time, and a call has only its call time.
 */
export function seriesOf(records: readonly RunRecord[]): Series[] {
  // A hundred thousand records have no time for a name of each figure, nor for functions.
  const found: (Series | undefined)[] = [];
  const places = [...PHASES.entries()];
  let index = 0;
  for (const { compiler, timings } of records) {
    index++;
    // Code of an unknown compiler has no line.
    if (compiler === null) continue;
    const first = COMPILERS.indexOf(compiler) * PHASES.length;
    for (const [place, phase] of places) {
      const nanoseconds = timings[phase];
      if (nanoseconds === undefined) continue;
      const series = (found[first + place] ??= startOf(compiler, phase));
      series.xs.push(index);
      series.ys.push(nanoseconds / 1e6);
    }
  }
  return found.filter((one) => one !== undefined);
}

function startOf(compiler: Compiler, phase: Phase): Series {
  const name = `${COMPILER_NAMES[compiler]} ${PHASE_NAMES[phase]}`;
  return { name, compiler, phase, xs: [], ys: [] };
}

/** Returns the number of figures in all series. */
export function countPoints(series: readonly Series[]): number {
  return series.reduce((sum, one) => sum + one.xs.length, 0);
}
