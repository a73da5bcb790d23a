// Reports of benches, for tests.

import type { BenchEntry, BenchReport, Compiler, Figures, Phase } from '../protocol.ts';

function figures(median: number): Figures {
  return {
    ...{ count: 9, min: median, lower_quartile: median, median, upper_quartile: median },
    ...{ max: median, mean: median, low: median, high: median, confidence: 0.96 },
    ...{ low_outliers: 0, high_outliers: 1, drift: null, bins_start: 0, bin_width: 0 },
    ...{ bins: [9], above: 0 },
  };
}

/** Makes the result of a contender whose phases have these medians in nanoseconds. */
export function entry(
  compiler: Compiler,
  times: Partial<Record<Phase, number>>,
  value = '42',
): BenchEntry {
  const phases = Object.entries(times).map(([phase, median]) => ({
    phase: phase as Phase,
    samples: [median],
    left_out: 0,
    figures: figures(median),
  }));
  return {
    contender: { compiler, engine: 'jit', optimisation: 'speed' },
    artifact_bytes: 2000,
    phases,
    calls: {
      batch: 1,
      calls: 9,
      warm_up: { calls: 1, first_ns: 1, time_ns: 1 },
      varies: false,
      results: [{ type: 'i32', value }],
    },
    error: null,
  };
}

/** Makes the report of a call of `fib(30)`. */
export function report(...entries: BenchEntry[]): BenchReport {
  return {
    ...{ format: 1, at_ms: 0, watshop: '0.1.0', wasmer: '7.5.0', comparisons: [], entries },
    machine: {
      ...{ cpu: 'A', cores: 2, os: 'B', kernel: '1', clock_ns: 1, noise: 0, busy_cores: 0 },
      busy: [],
    },
    module: { name: 'fib.wat', bytes: 1000, hash: '' },
    order: {
      ...{ export: 'fib', arguments: ['30'], contenders: [], rounds: 0, calls: 0 },
      ...{ time_ms: 1000, warm_up_ms: 100 },
    },
  };
}
