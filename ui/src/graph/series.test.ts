import { describe, expect, it } from 'vitest';
import { concatenated, countPoints, seriesOf } from './series.ts';
import { record } from './testing.ts';

describe('seriesOf', () => {
  it('has one series for each compiler and phase that happened, in their order', () => {
    const series = seriesOf([
      record('llvm', { compile: 9e6 }),
      record('singlepass', { parse: 1e6, call: 2e6 }),
      record('singlepass', { compile: 3e6 }),
    ]);
    expect(series.map((one) => one.name)).toEqual([
      'Singlepass parse',
      'Singlepass compile',
      'Singlepass call',
      'LLVM compile',
    ]);
  });

  it('has a place for the start of a compiler, which happens once', () => {
    const series = seriesOf([
      record('llvm', { parse: 1, start: 5e6, compile: 2 }),
      record('llvm', { parse: 1 }),
    ]);
    expect(series.map((one) => one.name)).toEqual(['LLVM parse', 'LLVM start', 'LLVM compile']);
    expect(series[1]).toMatchObject({ xs: Float64Array.of(1), ys: Float64Array.of(5) });
  });

  it('places figures at the number of their record, in milliseconds', () => {
    const [compile] = seriesOf([
      record('cranelift', { compile: 1_500_000 }),
      record('llvm', { compile: 1 }),
      record('cranelift', { compile: 250 }),
    ]);
    expect(compile?.name).toBe('Cranelift compile');
    expect([...(compile?.xs ?? [])]).toEqual([1, 3]);
    expect([...(compile?.ys ?? [])]).toEqual([1.5, 0.00025]);
  });

  it('leaves out phases that did not happen, but keeps those that took no time', () => {
    const series = seriesOf([record('cranelift', { parse: 0, total: 5 })]);
    expect(series.map((one) => [one.phase, ...one.ys])).toEqual([['parse', 0]]);
  });

  it('has nothing to show of nothing', () => {
    expect(seriesOf([])).toEqual([]);
    expect(countPoints([])).toBe(0);
  });

  it('counts every figure of every series', () => {
    const series = seriesOf([
      record('llvm', { parse: 1, compile: 2, call: 3 }),
      record('llvm', { call: 4 }),
    ]);
    expect(countPoints(series)).toBe(4);
  });
});

describe('concatenated', () => {
  const all = Float64Array.of(1, 2, 3, 4, 5);

  it('copies no lists that lie behind one another', () => {
    const joined = concatenated([all.subarray(1, 3), all.subarray(3, 3), all.subarray(3, 5)]);
    expect([...joined]).toEqual([2, 3, 4, 5]);
    expect(joined.buffer).toBe(all.buffer);
  });

  it('joins any others in their order', () => {
    expect([...concatenated([all.subarray(3), all.subarray(0, 2)])]).toEqual([4, 5, 1, 2]);
    expect([...concatenated([all.subarray(0, 2), Float64Array.of(9)])]).toEqual([1, 2, 9]);
    expect([...concatenated([])]).toEqual([]);
  });
});
