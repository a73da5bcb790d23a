// The figures of a bench's report, as the graphs and the table below them show them.

import type {
  AnnouncementChart,
  BenchEntry,
  BenchReport,
  Compiler,
  Contender,
  Engine,
  Figures,
  Optimisation,
  Phase,
} from '../protocol.ts';
import { COMPILERS, ENGINES } from '../values/names.ts';
import { formatTime } from '../values/time.ts';
import { words } from '../words/measure/rows.ts';

/** The phases that a bench measures, in order. */
export const MEASURED = ['compile', 'load', 'instantiate', 'call'] as const satisfies Phase[];

/** Returns a contender for each compiler and engine. Singlepass has one level only. */
export function contendersOf(
  compilers: readonly Compiler[],
  engines: readonly Engine[],
  optimisation: Optimisation,
): Contender[] {
  return compilers.flatMap((compiler) =>
    engines.map((engine) => ({
      compiler,
      engine,
      optimisation: compiler === 'singlepass' ? 'speed' : optimisation,
    })),
  );
}

/** Returns the name of a contender. */
export function titleOf({ compiler, engine, optimisation }: Contender): string {
  const title = `${COMPILERS[compiler]} ${ENGINES[engine]}`;
  if (optimisation === 'none') return words.notOptimised(title);
  return optimisation === 'speed' ? title : words.forSize(title);
}

/** Returns the figures of a phase, if it was measured. */
export function figuresOf(entry: BenchEntry, phase: Phase): Figures | null {
  return entry.phases.find((one) => one.phase === phase)?.figures ?? null;
}

/** Returns a time in nanoseconds for people. */
export function nanoseconds(ns: number): string {
  return formatTime(ns / 1e6);
}

/** A table: its columns and its rows, whose first cell is a name. */
export interface Table {
  columns: string[];
  rows: string[][];
}

/** Returns the figures of distributions as a table. */
export function distributionTable(sampled: readonly { title: string; figures: Figures }[]): Table {
  const columns = [
    words.contender,
    words.median,
    words.interval,
    words.least,
    words.greatest,
    words.samples,
    words.outliers,
  ];
  const rows = sampled.map(({ title, figures: it }) => [
    title,
    nanoseconds(it.median),
    words.range(nanoseconds(it.low), nanoseconds(it.high)),
    nanoseconds(it.min),
    nanoseconds(it.max),
    String(it.count),
    String(it.low_outliers + it.high_outliers),
  ]);
  return { columns, rows };
}

/** Returns the medians of all phases as a table, and the instructions if they were counted. */
export function phasesTable(report: BenchReport): Table {
  const counted = report.entries.some(({ instructions }) => instructions !== undefined);
  const rows = report.entries.map((entry) => [
    titleOf(entry.contender),
    ...MEASURED.map((phase) => {
      const it = figuresOf(entry, phase);
      return it ? nanoseconds(it.median) : '–';
    }),
    ...(counted ? [entry.instructions?.toLocaleString('en') ?? '–'] : []),
    entry.error ? entry.error.message : '',
  ]);
  const instructions = counted ? [words.instructions] : [];
  return { columns: [words.contender, ...MEASURED, ...instructions, words.error], rows };
}

/** Returns the figures of the announcement of 2021 beside those of a report. */
export function announcementTable(
  charts: readonly AnnouncementChart[],
  report: BenchReport,
): Table {
  const rows = charts.flatMap(({ phase, times }) =>
    times.map(({ compiler, ns }) => {
      const entry = report.entries.find(({ contender }) => contender.compiler === compiler);
      const here = entry ? (figuresOf(entry, phase)?.median ?? null) : null;
      return [
        `${phase}, ${COMPILERS[compiler]}`,
        nanoseconds(ns),
        here === null ? '–' : nanoseconds(here),
        here === null ? '–' : `${(here / ns).toFixed(2)}×`,
      ];
    }),
  );
  return { columns: [words.phase, words.then, words.here, words.ratio], rows };
}

/** Returns the sizes of the artifacts as a table. */
export function sizesTable(report: BenchReport): Table {
  const rows = report.entries.flatMap(({ contender, artifact_bytes: bytes }) =>
    bytes === null
      ? []
      : [
          [
            titleOf(contender),
            bytes.toLocaleString('en'),
            `${(bytes / report.module.bytes).toFixed(1)}×`,
          ],
        ],
  );
  return { columns: [words.contender, words.bytesOfArtifact, words.ofTheModule], rows };
}

/** A contender in the trade-off of compile time against run time, in nanoseconds. */
export interface TradeOff {
  entry: BenchEntry;
  compile: number;
  call: number;
  /** True if no other contender is faster in both. */
  frontier: boolean;
}

/** Returns the contenders whose compilation and calls were measured, fastest to compile first. */
export function tradeOffs(report: BenchReport): TradeOff[] {
  const points = report.entries.flatMap((entry) => {
    const compile = figuresOf(entry, 'compile')?.median;
    const call = figuresOf(entry, 'call')?.median;
    return compile === undefined || call === undefined ? [] : [{ entry, compile, call }];
  });
  const beats = (a: (typeof points)[number], b: (typeof points)[number]): boolean =>
    a !== b &&
    a.compile <= b.compile &&
    a.call <= b.call &&
    (a.compile < b.compile || a.call < b.call);
  return points
    .map((one) => ({ ...one, frontier: !points.some((other) => beats(other, one)) }))
    .sort((a, b) => a.compile - b.compile);
}

/** The nanoseconds of a compilation and of a call. */
type Costs = Pick<TradeOff, 'compile' | 'call'>;

/**
 * Returns the number of calls after which the second has paid for its longer compilation, or null
 * if it never does.
 */
export function breakEven(first: Costs, second: Costs): number | null {
  const [more, less] = [second.compile - first.compile, first.call - second.call];
  if (more <= 0) return less >= 0 ? 0 : null;
  return less > 0 ? Math.ceil(more / less) : null;
}

/** Returns sentences about the calls at which a longer compilation pays off beside the shortest. */
export function payOffs(
  costs: readonly (Costs & { title: string })[],
  call: string | null,
): string[] {
  const [first, ...others] = costs.toSorted((a, b) => a.compile - b.compile);
  return others.map((one) => {
    const calls = first ? breakEven(first, one) : null;
    const other = first?.title ?? '';
    return calls === null
      ? words.never(one.title, other)
      : words.paysOff(one.title, other, calls, call);
  });
}

/** Returns such sentences about a bench. */
export function breakEvens(report: BenchReport): string[] {
  const costs = tradeOffs(report).map(({ entry, compile, call }) => {
    return { title: titleOf(entry.contender), compile, call };
  });
  return payOffs(costs, report.order.export === null ? null : callOf(report));
}

/** Returns a call as it is written: `fib(30)`. */
export function callText(name: string, given: readonly string[]): string {
  return `${name}(${given.join(', ')})`;
}

/** Returns the call of a report as it is written. A program has the name of its module. */
export function callOf({ order, module }: BenchReport): string {
  return callText(order.export ?? module.name, order.arguments);
}

/**
 * Returns the contenders whose results differ from those of the first, bit by bit. Calls that change
 * the state of their own instance give other results each time, and are not compared.
 */
export function disagreements(report: BenchReport): BenchEntry[] {
  const called = report.entries.filter(
    ({ calls }) => calls && !calls.varies && calls.results.length > 0,
  );
  const text = (entry: BenchEntry | undefined): string =>
    JSON.stringify(entry?.calls?.results.map(({ value }) => value));
  return called.filter((entry) => text(entry) !== text(called[0]));
}

/** Returns a table as CSV (RFC 4180). */
export function csvOf({ columns, rows }: Table): string {
  const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
  return [columns, ...rows].map((row) => row.map(quoted).join(',')).join('\r\n') + '\r\n';
}
