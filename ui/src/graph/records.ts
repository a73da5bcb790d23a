// Which records have a label on the axis.

import { roundStep } from './scale.ts';

/**
 * Which of `records` records (from 1) get a label, at most about `count` of them: 1, then round
 * numbers.
 */
export function recordTicks(records: number, count: number): number[] {
  if (records < 1) return [];
  const step = Math.max(1, roundStep(records, count));
  const ticks = [1];
  for (let tick = step; tick <= records; tick += step) {
    // The label of 1 needs its room too.
    if (tick - 1 >= step * 0.6) ticks.push(tick);
  }
  return ticks;
}
