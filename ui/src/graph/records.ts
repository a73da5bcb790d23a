// The records that have a label on the axis.

import { roundStep } from './scale.ts';

/**
 * Returns about `count` or fewer of the records from 1 to `records` that get a label: 1, then round
 * numbers.
 */
export function recordTicks(records: number, count: number): number[] {
  if (records < 1) return [];
  const step = Math.max(1, roundStep(records, count));
  const ticks = [1];
  for (let tick = step; tick <= records; tick += step) {
    // The label of 1 needs room too.
    if (tick - 1 >= step * 0.6) ticks.push(tick);
  }
  return ticks;
}
