// Records of runs as the lines of the graph.

import type { Compiler, Phase, RunRecord } from '../protocol.ts';
import { PHASE_NAMES } from '../values/phases.ts';
import type { Past } from './past.ts';
import { COMPILERS, COMPILER_NAMES, PHASES } from './phases.ts';

/** The figures of a line. */
export interface Figures {
  /** The places in the list of records, from 1, ascending. */
  xs: Float64Array;
  /** The times in milliseconds, one for each of `xs`. */
  ys: Float64Array;
}

/** One line of the graph: the times of one phase with one compiler, record after record. */
export interface Series extends Figures {
  /** The name of the line: `Cranelift compile`. */
  name: string;
  compiler: Compiler;
  phase: Phase;
}

/**
 * Returns a series for each compiler and phase with any figure, ordered by compiler, then phase.
 * The records come after the stored runs, if there are any.
 *
 * A record counts only for its compiler and for the phases that happened. A run whose code came
 * from the cache has no compile time, and a call has only its call time.
 */
export function seriesOf(records: readonly RunRecord[], past: Past | null = null): Series[] {
  return COMPILERS.flatMap((compiler, row) =>
    PHASES.flatMap((phase, column) => {
      const stored = past?.figures[row * PHASES.length + column];
      const newer = figuresOf(records, compiler, phase, past?.length ?? 0);
      const figures = stored ? joined(stored, newer) : newer;
      const name = `${COMPILER_NAMES[compiler]} ${PHASE_NAMES[phase]}`;
      return figures.xs.length === 0 ? [] : [{ name, compiler, phase, ...figures }];
    }),
  );
}

/** Returns the figures of one compiler and phase. The first record has the place after `before`. */
function figuresOf(
  records: readonly RunRecord[],
  compiler: Compiler,
  phase: Phase,
  before: number,
): Figures {
  const xs: number[] = [];
  const ys: number[] = [];
  let place = before;
  for (const record of records) {
    place++;
    const nanoseconds = record.timings[phase];
    if (record.compiler !== compiler || nanoseconds === undefined) continue;
    xs.push(place);
    ys.push(nanoseconds / 1e6);
  }
  return { xs: Float64Array.from(xs), ys: Float64Array.from(ys) };
}

/** Joins figures. Those of 100,000 stored runs are not copied if no others come after them. */
function joined(first: Figures, second: Figures): Figures {
  if (second.xs.length === 0) return first;
  return { xs: concatenated([first.xs, second.xs]), ys: concatenated([first.ys, second.ys]) };
}

/** Joins lists of numbers. Lists that lie behind one another in memory are one already. */
export function concatenated(lists: readonly Float64Array[]): Float64Array {
  const length = lists.reduce((sum, list) => sum + list.length, 0);
  const [first] = lists;
  if (first && lists.every((list, at) => at === 0 || follows(list, lists[at - 1])))
    return new Float64Array(first.buffer, first.byteOffset, length);
  const all = new Float64Array(length);
  let end = 0;
  for (const list of lists) {
    all.set(list, end);
    end += list.length;
  }
  return all;
}

function follows(list: Float64Array, before: Float64Array | undefined): boolean {
  return (
    list.buffer === before?.buffer && list.byteOffset === before.byteOffset + before.byteLength
  );
}

/** Returns the number of figures in all series. */
export function countPoints(series: readonly Series[]): number {
  return series.reduce((sum, one) => sum + one.xs.length, 0);
}
