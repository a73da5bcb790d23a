// The axes of graphs: their range, their labelled lines, and the places of values.

import type { Span } from './span.ts';

/** The scale of the vertical axis. */
export type Scale = 'linear' | 'log';

/**
 * The smallest time on a logarithmic axis, in milliseconds: 1 ns, the resolution of the figures.
 */
export const SMALLEST = 1e-6;

/** A vertical axis: its range and its grid lines. */
export interface Axis {
  scale: Scale;
  /** The time at the bottom, in milliseconds. */
  min: number;
  /** The time at the top, in milliseconds, above `min`. */
  max: number;
  /** The times of the labelled lines, in milliseconds, ascending. */
  ticks: number[];
}

/**
 * Returns an axis for all the given times (milliseconds), with at most about `count` labelled
 * lines.
 */
export function axisFor(times: readonly number[], scale: Scale, count: number): Axis {
  let low = Infinity;
  let high = 0;
  for (const time of times) {
    low = Math.min(low, Math.max(time, SMALLEST));
    high = Math.max(high, time);
  }
  if (times.length === 0) low = 0.1;
  if (high === 0) high = 1;
  return scale === 'log' ? logAxis(low, high, count) : linearAxis(high, count);
}

/** Returns the position of a time between the bottom (0) and the top (1) of an axis. */
export function place(axis: Axis, milliseconds: number): number {
  if (axis.scale === 'linear') return (milliseconds - axis.min) / (axis.max - axis.min);
  const log = Math.log10(Math.max(milliseconds, SMALLEST));
  return (log - Math.log10(axis.min)) / (Math.log10(axis.max) - Math.log10(axis.min));
}

/** Returns the value at a position of an axis: `place` the other way round. */
export function valueAt({ scale, min, max }: Axis, position: number): number {
  return scale === 'linear' ? min + position * (max - min) : min * (max / min) ** position;
}

/** Returns a linear axis from one value to another, with about `count` labelled lines. */
export function rangeAxis(min: number, max: number, count: number): Axis {
  const end = max > min ? max : min + 1;
  return { scale: 'linear', min, max: end, ticks: roundTicks(min, end, count) };
}

/** Returns an axis of times from one to another (milliseconds). */
export function partAxis(min: number, max: number, scale: Scale, count: number): Axis {
  const low = scale === 'log' ? Math.max(SMALLEST, min) : min;
  const axis: Axis = { scale, min: low, max: max > low ? max : low + SMALLEST, ticks: [] };
  return { ...axis, ticks: ticksOf(axis, count) };
}

/** Returns the part of an axis that is in view, with about `count` labelled lines. */
export function zoomed(axis: Axis, [from, to]: Span, count: number): Axis {
  if (from === 0 && to === 1) return axis;
  const part = { ...axis, min: valueAt(axis, from), max: valueAt(axis, to) };
  return { ...part, ticks: ticksOf(part, count) };
}

/** Returns the labelled lines of an axis that begins and ends anywhere. */
function ticksOf({ scale, min, max }: Axis, count: number): number[] {
  if (scale === 'log') {
    const first = Math.ceil(Math.log10(min));
    const powers = Math.floor(Math.log10(max)) - first + 1;
    if (powers > 2) return Array.from({ length: powers }, (_, at) => 10 ** (first + at));
    // In a part with few powers of ten, 2 and 5 are added, and in a small part round steps say more.
    const all = Array.from({ length: powers + 2 }, (_, at) => 10 ** (first - 1 + at));
    const near = all.flatMap((power) => [power, 2 * power, 5 * power]);
    const inside = near.filter((tick) => min <= tick && tick <= max);
    if (inside.length > 2) return inside;
  }
  return roundTicks(min, max, count);
}

/**
 * Returns the multiples of a round step between two values: about `count` of them, and at least two,
 * because one number tells no scale.
 */
function roundTicks(min: number, max: number, count: number): number[] {
  const ticks = multiples(roundStep(max - min, count), min, max);
  if (ticks.length > 1) return ticks;
  // The widest round step that is sure to have two multiples there.
  const half = (max - min) / 2;
  const power = 10 ** Math.floor(Math.log10(half));
  const factor = [5, 2].find((one) => one * power <= half) ?? 1;
  return multiples(factor * power, min, max);
}

/** Returns the multiples of a step between two values, ascending. */
function multiples(step: number, min: number, max: number): number[] {
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => (first + at) * step);
}

/** Returns a round step (1, 2, 5 × 10ⁿ) of which `span` has at most `count`. */
export function roundStep(span: number, count: number): number {
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((one) => one * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}

function linearAxis(high: number, count: number): Axis {
  const step = roundStep(high, count);
  const steps = Math.ceil((high / step) * (1 - 1e-9));
  const ticks = Array.from({ length: steps + 1 }, (_, index) => index * step);
  return { scale: 'linear', min: 0, max: steps * step, ticks };
}

function logAxis(low: number, high: number, count: number): Axis {
  const first = Math.floor(Math.log10(low) + 1e-9);
  const last = Math.max(first + 1, Math.ceil(Math.log10(high) - 1e-9));
  const every = Math.ceil((last - first) / Math.max(1, count));
  const ticks: number[] = [];
  for (let power = first; power <= last; power += every) ticks.push(10 ** power);
  // A range of one or two powers of ten would have too few lines, so 2 and 5 are added.
  if (last - first <= 2 && count >= 3 * (last - first)) {
    for (let power = first; power < last; power++) ticks.push(2 * 10 ** power, 5 * 10 ** power);
    ticks.sort((a, b) => a - b);
  }
  return { scale: 'log', min: 10 ** first, max: 10 ** last, ticks };
}
