import { describe as group, expect, it, test } from 'vitest';
import { describe } from './describe.ts';
import { past, randomRuns } from './past-testing.ts';
import { Past } from './past.ts';
import { seriesOf } from './series.ts';
import { record } from './testing.ts';

/** Packs a call by LLVM as the workbench does (crates/workbench/src/history/pack.rs). */
function packed(): Uint8Array {
  const view = new DataView(new ArrayBuffer(64));
  view.setFloat64(0, 7, true);
  view.setFloat64(8, 1_700_000_000_007, true);
  [1, 2, 1, 255].forEach((byte, at) => view.setUint8(16 + at, byte));
  [0, 1, 2 ** 32 - 1].forEach((place, at) => view.setUint32(20 + 4 * at, place, true));
  for (let at = 0; at < 8; at++) view.setFloat32(32 + 4 * at, at < 6 ? NaN : at * 1000, true);
  return new Uint8Array(view.buffer);
}

test('a packed run has its names, its times and nothing that it had not', () => {
  const [run, ...others] = new Past({ runs: 1, names: ['fib.wat', 'fib'] }, packed()).all();
  expect(others).toEqual([]);
  expect(run).toEqual({
    ...{ id: 7, at_ms: 1_700_000_000_007, kind: 'call', compiler: 'llvm', engine: 'native' },
    ...{ optimisation: null, cache: null, title: 'fib.wat', export: 'fib', error: null },
    timings: { call: 6000, total: 7000 },
  });
});

test('bytes that are cut off are the runs that are whole', () =>
  expect(new Past({ runs: 2, names: ['a', 'b'] }, packed())).toHaveLength(1));

test('runs of this session come once, after the stored ones', () => {
  const [old, both, fresh] = [1, 2, 3].map((at) => record('llvm', {}, { at_ms: at }));
  if (!old || !both || !fresh) throw new Error('three records');
  const stored = past([old, { ...both, title: 'a.wat' }]);
  expect(stored.missing([both, fresh])).toEqual([fresh]);
  // Another session has used the same number.
  const other = { ...both, at_ms: 9 };
  expect(stored.missing([other, fresh])).toEqual([other, fresh]);
});

test('the newest runs are the same records each time', () => {
  const stored = past(randomRuns(3, 10));
  const rows = stored.newest(4);
  expect(rows.map(({ id }) => id)).toEqual([7, 8, 9, 10]);
  for (const [at, row] of stored.newest(3).entries()) expect(row).toBe(rows[at + 1]);
  expect(stored.newest(0)).toEqual([]);
  expect(stored.newest(99)).toHaveLength(10);
});

group('packed runs show what a list of records shows', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const runs = randomRuns(seed, seed % 23);
    const newer = randomRuns(1000 + seed, seed % 4);
    const all = [...runs, ...newer];
    it(`seed ${seed}: records, lines and words`, () => {
      const stored = past(runs);
      expect([...stored.all()]).toEqual(runs);
      expect(stored.newest(7)).toEqual(runs.slice(-7));
      expect(seriesOf([], stored)).toEqual(seriesOf(runs));
      expect(seriesOf(newer, stored)).toEqual(seriesOf(all));
      expect(describe(newer, stored)).toBe(describe(all));
      expect(describe([], stored)).toBe(describe(runs));
    });
  }
});
