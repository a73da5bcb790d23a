import { expect, test } from 'vitest';
import { readPast, withNewer } from './past.ts';
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
  const [run, ...others] = readPast({ runs: 1, names: ['fib.wat', 'fib'] }, packed());
  expect(others).toEqual([]);
  expect(run).toEqual({
    ...{ id: 7, at_ms: 1_700_000_000_007, kind: 'call', compiler: 'llvm', engine: 'native' },
    ...{ optimisation: null, cache: null, title: 'fib.wat', export: 'fib', error: null },
    timings: { call: 6000, total: 7000 },
  });
});

test('bytes that are cut off are the runs that are whole', () =>
  expect(readPast({ runs: 2, names: ['a', 'b'] }, packed())).toHaveLength(1));

test('runs of this session come once, after the stored ones', () => {
  const [old, both, fresh] = [1, 2, 3].map((at) => record('llvm', {}, { at_ms: at }));
  if (!old || !both || !fresh) throw new Error('three records');
  const shown = withNewer([old, { ...both, title: 'a.wat' }], [both, fresh]);
  expect(shown.map(({ at_ms }) => at_ms)).toEqual([1, 2, 3]);
});
