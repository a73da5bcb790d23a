import { expect, test } from 'vitest';
import type {
  AnnouncementChart,
  BenchEntry,
  BenchReport,
  Compiler,
  Figures,
  Phase,
} from '../protocol.ts';
import {
  announcementTable,
  breakEven,
  breakEvens,
  contendersOf,
  csvOf,
  disagreements,
  distributionTable,
  phasesTable,
  sizesTable,
  tradeOffs,
  type TradeOff,
} from './rows.ts';

function figures(median: number): Figures {
  return {
    ...{ count: 9, min: median, lower_quartile: median, median, upper_quartile: median },
    ...{ max: median, mean: median, low: median, high: median, confidence: 0.96 },
    ...{ low_outliers: 0, high_outliers: 1, drift: null, bins_start: 0, bin_width: 0 },
    ...{ bins: [9], above: 0 },
  };
}

function entry(
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

function report(...entries: BenchEntry[]): BenchReport {
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

const SINGLEPASS = entry('singlepass', { compile: 1e6, call: 5000 });
const CRANELIFT = entry('cranelift', { compile: 3e6, call: 4000 });
const LLVM = entry('llvm', { compile: 9e6, call: 4500 });

test('there is a contender for each compiler and engine, and Singlepass has one level', () => {
  const all = contendersOf(['singlepass', 'llvm'], ['jit', 'native'], 'none');
  expect(all).toHaveLength(4);
  expect(all[0]).toEqual({ compiler: 'singlepass', engine: 'jit', optimisation: 'speed' });
  expect(all[3]).toEqual({ compiler: 'llvm', engine: 'native', optimisation: 'none' });
});

test('the frontier leaves out a contender that another beats in both', () => {
  const points = tradeOffs(report(LLVM, CRANELIFT, SINGLEPASS));
  expect(points.map(({ frontier }) => frontier)).toEqual([true, true, false]);
});

test('a longer compilation pays off after as many calls as it takes', () => {
  const point = (compile: number, call: number): TradeOff => ({
    ...{ entry: SINGLEPASS, compile, call, frontier: true },
  });
  expect(breakEven(point(1e6, 5000), point(3e6, 4000))).toBe(2000);
  expect(breakEven(point(3e6, 4000), point(9e6, 4500))).toBeNull();
  expect(breakEven(point(3e6, 4000), point(1e6, 4000))).toBe(0);
  expect(breakEvens(report(SINGLEPASS, CRANELIFT))).toEqual([
    'Cranelift JIT pays off beside Singlepass JIT after 2,000 calls of fib(30).',
  ]);
  expect(breakEvens(report())).toEqual([]);
});

test('a result that differs by one bit is a disagreement', () => {
  expect(disagreements(report(SINGLEPASS, CRANELIFT))).toEqual([]);
  const wrong = entry('llvm', { call: 1 }, '43');
  expect(disagreements(report(SINGLEPASS, wrong))).toEqual([wrong]);
  if (wrong.calls) wrong.calls.varies = true;
  expect(disagreements(report(SINGLEPASS, wrong))).toEqual([]);
});

test('each graph has a table of the same figures', () => {
  const all = report(SINGLEPASS, CRANELIFT);
  expect(distributionTable(all, 'call').rows[1]?.slice(0, 2)).toEqual(['Cranelift JIT', '4.00 µs']);
  expect(distributionTable(all, 'load').rows).toEqual([]);
  expect(phasesTable(all).rows[0]).toEqual(['Singlepass JIT', '1.00 ms', '–', '–', '5.00 µs', '']);
  expect(sizesTable(all).rows[0]).toEqual(['Singlepass JIT', '2,000', '2.0×']);
  expect(csvOf({ columns: ['a'], rows: [['"b", c']] })).toBe('"a"\r\n"""b"", c"\r\n');
});

test('the figures of the announcement stand beside those of here', () => {
  const charts: AnnouncementChart[] = [
    { phase: 'compile', times: [{ compiler: 'singlepass', ns: 2e6 }] },
    { phase: 'call', times: [{ compiler: 'llvm', ns: 1e6 }] },
  ];
  const table = announcementTable(charts, report(entry('singlepass', { compile: 1e6 })));
  expect(table.rows).toEqual([
    ['compile, Singlepass', '2.00 ms', '1.00 ms', '0.50×'],
    ['call, LLVM', '1.00 ms', '–', '–'],
  ]);
});
