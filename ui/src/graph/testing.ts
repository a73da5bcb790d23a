// Records of runs, for tests.

import type { Compiler, RunRecord, Timings } from '../protocol.ts';

let next = 1;

/** Makes a record for a test. Only the parts that the graph reads need be given. */
export function record(
  compiler: Compiler,
  timings: Timings,
  more: Partial<RunRecord> = {},
): RunRecord {
  return {
    id: next++,
    at_ms: 0,
    kind: 'run',
    compiler,
    engine: 'jit',
    optimisation: 'speed',
    cache: 'miss',
    export: null,
    timings,
    error: null,
    ...more,
  };
}
