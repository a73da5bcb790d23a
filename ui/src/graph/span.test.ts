import { describe, expect, it } from 'vitest';
import { axisFor, partAxis, place, rangeAxis, valueAt, zoomed } from './scale.ts';
import { WHOLE, isWhole, panSpan, spanOf, zoomSpan } from './span.ts';

describe('the part of an axis in view', () => {
  it('is zoomed around a place that stays', () => {
    expect(zoomSpan(WHOLE, 0.5, 0.5)).toEqual([0.25, 0.75]);
    expect(zoomSpan([0.5, 1], 1, 0.5)).toEqual([0.75, 1]);
    expect(zoomSpan([0.25, 0.75], 0.5, 8)).toEqual(WHOLE);
  });

  it('never leaves the axis and never vanishes', () => {
    expect(panSpan([0.25, 0.75], -4)).toEqual([0, 0.5]);
    expect(panSpan([0.25, 0.75], 4)).toEqual([0.5, 1]);
    const [from, to] = zoomSpan(WHOLE, 0.3, 1e-9);
    expect(to - from).toBeCloseTo(1e-4);
    expect(isWhole(zoomSpan([from, to], 0.3, 1e9))).toBe(true);
  });

  it('is all of the axis if the numbers of a link make no sense', () => {
    for (const [from, to] of [
      [0.5, 0.5],
      [-1, 0.5],
      [0, 2],
      [NaN, 1],
    ] as const)
      expect(spanOf(from, to)).toEqual(WHOLE);
    expect(spanOf(0.25, 0.5)).toEqual([0.25, 0.5]);
  });
});

describe('a zoomed axis', () => {
  it('shows its part with round labels', () => {
    const axis = zoomed(axisFor([8], 'linear', 5), [0.25, 0.5], 4);
    expect(axis).toMatchObject({ min: 2, max: 4, ticks: [2, 2.5, 3, 3.5, 4] });
    expect(place(axis, 3)).toBe(0.5);
  });

  it('has round steps within a power of ten, and powers beyond', () => {
    const whole = axisFor([0.01, 1000], 'log', 6);
    expect(zoomed(whole, [0, 0.8], 6).ticks).toHaveLength(5);
    expect(partAxis(0.11, 14, 'log', 6).ticks).toEqual([0.2, 0.5, 1, 2, 5, 10]);
    const near = zoomed(whole, [0.42, 0.44], 4);
    expect(near.ticks.length).toBeGreaterThan(1);
    expect(near.ticks.every((tick) => near.min <= tick && tick <= near.max)).toBe(true);
  });

  it('has two labels at least, wherever it begins', () => {
    for (const scale of ['linear', 'log'] as const)
      for (let min = 1; min < 1000; min *= 1.05)
        for (const more of [0.1, 0.5, 0.94, 1.3, 3])
          for (const count of [2, 3, 5]) {
            const { ticks, max } = partAxis(min, min * (1 + more), scale, count);
            expect(ticks.length, `${min} to ${max}`).toBeGreaterThan(1);
            expect(ticks.length, `${min} to ${max}`).toBeLessThanOrEqual(Math.max(5, count + 1));
          }
  });

  it('finds the value of each place', () => {
    for (const axis of [axisFor([3, 70], 'log', 4), rangeAxis(2, 20, 5)])
      for (const at of [0, 0.3, 1]) expect(place(axis, valueAt(axis, at))).toBeCloseTo(at);
  });

  it('of one argument has room', () =>
    expect(rangeAxis(5, 5, 3)).toMatchObject({ min: 5, max: 6 }));
});
