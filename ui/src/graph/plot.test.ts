import { expect, it } from 'vitest';
import { updateSeries, type TimingPlot } from './plot.ts';
import { past, randomRuns } from './past-testing.ts';
import { seriesOf, type Series } from './series.ts';
import { record } from './testing.ts';

/** A plot that keeps its lines as the real one does, and counts replacements. */
class Lines implements Pick<TimingPlot, 'set_series' | 'append'> {
  lines: { name: string; records: number[]; times: number[] }[] = [];
  replaced = 0;

  set_series(...[names, , , , ends, records, times]: Parameters<TimingPlot['set_series']>): void {
    this.replaced++;
    this.lines = names.map((name, index) => {
      const range = [ends[index - 1] ?? 0, ends[index]] as const;
      return { name, records: [...records.slice(...range)], times: [...times.slice(...range)] };
    });
  }

  append(series: number, records: Float64Array, times: Float64Array): void {
    this.lines[series]?.records.push(...records);
    this.lines[series]?.times.push(...times);
  }
}

const HISTORY = [
  record('cranelift', { parse: 1e6, compile: 2e6 }),
  record('llvm', { compile: 9e6 }),
  record('cranelift', { parse: 3e6, compile: 4e6 }),
  record('cranelift', { parse: 5e6, compile: 6e6 }),
];

function shownAfter(...steps: Series[][]): Lines {
  const lines = new Lines();
  let before: Series[] = [];
  for (const next of steps) {
    updateSeries(lines as unknown as TimingPlot, before, next, 'light');
    before = next;
  }
  const wanted = before.map(({ name, xs, ys }) => ({ name, records: [...xs], times: [...ys] }));
  expect(lines.lines).toEqual(wanted);
  return lines;
}

it('appends what came to be at the end', () => {
  const steps = [2, 3, 4].map((count) => seriesOf(HISTORY.slice(0, count)));
  expect(shownAfter(...steps).replaced).toBe(1);
});

it('begins anew where a compiler or a phase is there for the first time', () => {
  expect(shownAfter(seriesOf(HISTORY.slice(0, 1)), seriesOf(HISTORY.slice(0, 2))).replaced).toBe(2);
});

it('begins anew where old records have gone', () => {
  expect(shownAfter(seriesOf(HISTORY.slice(0, 3)), seriesOf(HISTORY.slice(1, 4))).replaced).toBe(2);
});

it('appends the runs that come after stored ones', () => {
  const stored = past(randomRuns(5, 40));
  const newest = [...stored.all()].slice(-2);
  const steps = [0, 1, 2].map((count) => seriesOf(newest.slice(0, count), stored));
  expect(shownAfter(...steps).replaced).toBe(1);
});

it('empties itself', () => {
  expect(shownAfter(seriesOf(HISTORY), []).lines).toEqual([]);
});
