// Packed runs (`PastRuns`): their layout, and their figures.

import { COMPILERS, PHASES } from './phases.ts';
import type { Figures } from './series.ts';

/** The bytes of a run, and the places in them of the compiler and of the times. */
export const SIZE = 64;
export const COMPILER = 17;
export const FIRST_TIME = 32;

/** The figures of packed runs. */
export interface Measured {
  /** The numbers of the compilers, in the order of their first runs. */
  compilers: number[];
  /** The figures at the number of the compiler × the number of phases + that of the phase. */
  figures: Figures[];
}

/**
 * Returns the figures of packed runs. All of them lie behind one another in memory, so that the
 * graph can take them as they are.
 */
export function measure(view: DataView, runs: number): Measured {
  const end = runs * SIZE;
  const compilers: number[] = [];
  // Lists that grow would take longer than to count the figures first. The two loops are alike,
  // because a function for each figure would take longer than both.
  const counts = new Uint32Array(COMPILERS.length * PHASES.length);
  for (let at = 0; at < end; at += SIZE) {
    const compiler = view.getUint8(at + COMPILER);
    if (!compilers.includes(compiler)) compilers.push(compiler);
    // Code of an unknown compiler has no line in the graph.
    if (compiler >= COMPILERS.length) continue;
    for (let phase = 0; phase < PHASES.length; phase++) {
      const place = compiler * PHASES.length + phase;
      if (!Number.isNaN(view.getFloat32(at + FIRST_TIME + 4 * phase, true)))
        counts[place] = (counts[place] ?? 0) + 1;
    }
  }
  const starts = new Uint32Array(counts.length);
  let all = 0;
  for (const [place, count] of counts.entries()) {
    starts[place] = all;
    all += count;
  }
  const [xs, ys] = [new Float64Array(all), new Float64Array(all)];
  const ends = starts.slice();
  for (let at = 0, run = 1; at < end; at += SIZE, run++) {
    const compiler = view.getUint8(at + COMPILER);
    if (compiler >= COMPILERS.length) continue;
    for (let phase = 0; phase < PHASES.length; phase++) {
      const time = view.getFloat32(at + FIRST_TIME + 4 * phase, true);
      if (Number.isNaN(time)) continue;
      const place = compiler * PHASES.length + phase;
      const next = ends[place] ?? 0;
      xs[next] = run;
      ys[next] = time / 1e6;
      ends[place] = next + 1;
    }
  }
  const figures = Array.from(starts, (start, place) => ({
    xs: xs.subarray(start, ends[place]),
    ys: ys.subarray(start, ends[place]),
  }));
  return { compilers, figures };
}
