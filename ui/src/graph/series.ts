// Records of runs as the lines of the graph.

import type { Compiler, Phase, RunRecord } from '../protocol.ts';

/** The compilers, in the order in which they are listed everywhere. */
export const COMPILERS = ['singlepass', 'cranelift', 'llvm'] as const satisfies Compiler[];

/**
 * The phases of a run, in their order. A compiler is started once in a session, so that most
 * figures of that stand alone.
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

/** How people call the compilers. */
export const COMPILER_NAMES: Record<Compiler, string> = {
  singlepass: 'Singlepass',
  cranelift: 'Cranelift',
  llvm: 'LLVM',
};

/** Who compiled the code of a record, in words. */
export function compilerOf(record: RunRecord): string {
  return record.compiler === null ? 'an unknown compiler' : COMPILER_NAMES[record.compiler];
}

/** One line of the graph: how long one phase took with one compiler, record after record. */
export interface Series {
  /** `Cranelift compile`. */
  name: string;
  compiler: Compiler;
  phase: Phase;
  /** Places in the list of records, from 1, ascending. */
  xs: number[];
  /** Milliseconds, one for each of `xs`. */
  ys: number[];
}

/**
 * One series for each compiler and phase that has any figure, ordered by compiler, then phase.
 *
 * A record counts for its compiler only, and only for the phases that happened: a run whose code
 * came from the cache has no compile time, a call has nothing but its call time.
 */
export function seriesOf(records: readonly RunRecord[]): Series[] {
  const found = new Map<string, Series>();
  records.forEach((record, index) => {
    const { compiler } = record;
    // Code of which nobody says who compiled it has no line to stand in.
    if (compiler === null) return;
    for (const phase of PHASES) {
      const nanoseconds = record.timings[phase];
      if (nanoseconds === undefined) continue;
      const name = `${COMPILER_NAMES[compiler]} ${phase}`;
      let series = found.get(name);
      if (!series) {
        series = { name, compiler, phase, xs: [], ys: [] };
        found.set(name, series);
      }
      series.xs.push(index + 1);
      series.ys.push(nanoseconds / 1e6);
    }
  });
  return [...found.values()].sort(
    (a, b) =>
      COMPILERS.indexOf(a.compiler) - COMPILERS.indexOf(b.compiler) ||
      PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase),
  );
}

/** How many figures the series hold together. */
export function countPoints(series: readonly Series[]): number {
  return series.reduce((sum, one) => sum + one.xs.length, 0);
}
