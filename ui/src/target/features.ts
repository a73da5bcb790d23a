// CPU features: which bring others, and what goes with one that is taken away.

import type { TargetRow } from '../protocol.ts';

/**
 * CPU features with those that come with them on every CPU, and what all CPUs of the target have;
 * sorted.
 */
export function withImplied(row: TargetRow, features: readonly string[]): string[] {
  const below = features.flatMap((feature) => impliedBy(row, feature));
  return [...new Set([...features, ...below, ...row.baseline])].sort();
}

/** The features without one, and without those that no CPU has which lacks it. */
export function without(row: TargetRow, features: readonly string[], feature: string): string[] {
  return features.filter((one) => one !== feature && !impliedBy(row, one).includes(feature));
}

/**
 * Why a feature cannot be left out: every CPU of the target has it, or all that have another one;
 * null where it can.
 */
export function whyImplied(row: TargetRow, features: readonly string[], feature: string): string | null {
  if (row.baseline.includes(feature)) return 'on every CPU';
  const above = features.find((one) => impliedBy(row, one).includes(feature));
  return above === undefined ? null : `with ${above}`;
}

function impliedBy(row: TargetRow, feature: string): readonly string[] {
  return row.implied.find((one) => one.feature === feature)?.implies ?? [];
}
