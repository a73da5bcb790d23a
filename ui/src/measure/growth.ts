// The figures of growth, as the graph and its tables show them.

import type { GrowthFit, GrowthReport } from '../protocol.ts';
import { words } from '../words/measure/growth.ts';
import { nanoseconds, titleOf, type Table } from './rows.ts';

/** The typical error above which a law does not describe the times. */
export const BAD = 0.25;

/** Returns the time of an argument by a law, in nanoseconds. */
export function timeAt({ law, offset, slope, base }: GrowthFit, n: number): number {
  switch (law) {
    case 'constant':
      return offset;
    case 'linear':
      return offset + slope * n;
    case 'log_linear':
      return offset + slope * n * Math.log2(Math.max(n, 1));
    case 'quadratic':
      return offset + slope * n * n;
    case 'exponential':
      return offset + slope * base ** n;
  }
}

/** Returns the name of a law. */
export function lawOf({ law, base }: GrowthFit): string {
  return law === 'exponential' ? words.exponential(base.toFixed(2)) : words.laws[law];
}

/** Returns the law of each contender as a table. */
export function lawsTable(report: GrowthReport): Table {
  const rows = report.entries.map(({ contender, fit }) => {
    if (!fit) return [titleOf(contender), words.noLaw, '–', '–', '–'];
    const law = lawOf(fit);
    const formula =
      fit.law === 'constant'
        ? nanoseconds(fit.offset)
        : words.sum(nanoseconds(fit.offset), nanoseconds(fit.slope), law);
    return [
      titleOf(contender),
      law,
      formula,
      words.percent((fit.confidence * 100).toFixed(0)),
      words.percent((fit.error * 100).toFixed(1)),
    ];
  });
  const columns = [words.contender, words.law, words.formula, words.sure, words.off];
  return { columns, rows };
}

/** Returns the time of each argument by each contender as a table. */
export function growthTable(report: GrowthReport): Table {
  const all = new Set(report.entries.flatMap(({ points }) => points.map(({ n }) => n)));
  const rows = [...all]
    .sort((a, b) => a - b)
    .map((n) => [
      n.toLocaleString('en'),
      ...report.entries.map(({ points }) => {
        const point = points.find((one) => one.n === n);
        return point ? nanoseconds(point.median) : '–';
      }),
    ]);
  return { columns: [words.n, ...report.entries.map(({ contender }) => titleOf(contender))], rows };
}
