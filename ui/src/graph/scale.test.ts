import { describe, expect, it } from 'vitest';
import { recordTicks } from './records.ts';
import { SMALLEST, axisFor, place, roundStep } from './scale.ts';

describe('a linear axis', () => {
  it('starts at nothing and holds every time', () => {
    const axis = axisFor([0.2, 7.3], 'linear', 5);
    expect(axis).toMatchObject({ min: 0, max: 8, ticks: [0, 2, 4, 6, 8] });
    expect(place(axis, 0)).toBe(0);
    expect(place(axis, 8)).toBe(1);
    expect(place(axis, 2)).toBe(0.25);
  });

  it('ends at the highest time where that is round', () =>
    expect(axisFor([10], 'linear', 5).max).toBe(10));
});

describe('a logarithmic axis', () => {
  it('reaches from power to power of ten', () => {
    const axis = axisFor([0.02, 700], 'log', 6);
    expect(axis.min).toBeCloseTo(0.01, 12);
    expect(axis.max).toBe(1000);
    expect(axis.ticks.map((tick) => Math.round(Math.log10(tick)))).toEqual([-2, -1, 0, 1, 2, 3]);
    expect(place(axis, 0.01)).toBeCloseTo(0, 9);
    expect(place(axis, 1)).toBeCloseTo(0.4, 9);
    expect(place(axis, 1000)).toBeCloseTo(1, 9);
  });

  it('has lines at 2 and 5 where the powers alone would be too few', () => {
    expect(axisFor([1.5, 8], 'log', 6).ticks).toEqual([1, 2, 5, 10]);
  });

  it('has at most about as many lines as asked for', () => {
    expect(axisFor([1e-6, 1e6], 'log', 4).ticks.length).toBeLessThanOrEqual(5);
  });

  it('puts a time of nothing at its bottom, not at minus infinity', () => {
    const axis = axisFor([0, 1], 'log', 6);
    expect(axis.min).toBe(SMALLEST);
    expect(place(axis, 0)).toBe(0);
  });
});

describe.each(['linear', 'log'] as const)('any %s axis', (scale) => {
  it.each([[[]], [[0]], [[1]], [[0, 0]], [[1e-9]], [[1e12, 3]]])(
    'is finite and holds %j',
    (times) => {
      const axis = axisFor(times, scale, 5);
      expect(axis.max).toBeGreaterThan(axis.min);
      for (const time of times) {
        expect(place(axis, time)).toBeGreaterThanOrEqual(-1e-9);
        expect(place(axis, time)).toBeLessThanOrEqual(1 + 1e-9);
      }
      expect(axis.ticks.every((tick) => Number.isFinite(tick))).toBe(true);
      expect(axis.ticks.toSorted((a, b) => a - b)).toEqual(axis.ticks);
    },
  );
});

describe('roundStep', () => {
  it.each([
    [10, 5, 2],
    [7, 10, 1],
    [0.9, 3, 0.5],
    [1000, 4, 500],
  ])('of a span of %d in %d is %d', (span, count, step) =>
    expect(roundStep(span, count)).toBeCloseTo(step, 12),
  );
});

describe('recordTicks', () => {
  it('labels every record where there is room', () =>
    expect(recordTicks(4, 10)).toEqual([1, 2, 3, 4]));
  it('labels round numbers where there are many', () =>
    expect(recordTicks(1000, 6)).toEqual([1, 200, 400, 600, 800, 1000]));
  it('labels nothing where there is nothing', () => expect(recordTicks(0, 6)).toEqual([]));
  it('labels the only one', () => expect(recordTicks(1, 6)).toEqual([1]));
});
