// CPU features and those that they imply.

import type { TargetRow } from '../protocol.ts';
import { words } from '../words/target/features.ts';

/**
 * Returns CPU features with all that they imply and all that every CPU of the target has, sorted.
 */
export function withImplied(row: TargetRow, features: readonly string[]): string[] {
  const below = features.flatMap((feature) => impliedBy(row, feature));
  return [...new Set([...features, ...below, ...row.baseline])].sort();
}

/** Returns the features without one, and without those that imply it. */
export function without(row: TargetRow, features: readonly string[], feature: string): string[] {
  return features.filter((one) => one !== feature && !impliedBy(row, one).includes(feature));
}

/**
 * Returns the reason why a feature cannot be left out, or null if it can: every CPU of the target
 * has it, or another chosen feature implies it.
 */
export function whyImplied(
  row: TargetRow,
  features: readonly string[],
  feature: string,
): string | null {
  if (row.baseline.includes(feature)) return words.everyCpu;
  const above = features.find((one) => impliedBy(row, one).includes(feature));
  return above === undefined ? null : words.withWord(above);
}

function impliedBy(row: TargetRow, feature: string): readonly string[] {
  return row.implied.find((one) => one.feature === feature)?.implies ?? [];
}
