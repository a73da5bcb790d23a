// Checks whether code for a target runs on this machine.

import type { Passport, Target, TargetRow, Targets } from '../protocol.ts';
import { words } from '../words/target/here.ts';

/** Returns the features that code may use and a machine's CPU lacks. */
function lacking(cpuFeatures: readonly string[], host: Target): string[] {
  return cpuFeatures.filter((feature) => !host.cpu_features.includes(feature));
}

/** Returns true if code for a target runs on this machine; null is this machine itself. */
export function runsHere(target: Target | null, row: TargetRow | null, host: Target): boolean {
  if (target === null) return true;
  return row !== null && row.here && lacking(target.cpu_features, host).length === 0;
}

/**
 * Returns the reason why a sealed artifact does not run on this machine, or null if it does. Its
 * row says whether the system is the same. One Wasmer has one layout and one form of artifacts, so
 * its version stands for those as well.
 */
export function whyForeign(
  passport: Passport,
  row: TargetRow,
  { host, wasmer }: Targets,
): string | null {
  const by = passport.compiled?.wasmer ?? wasmer;
  if (by !== wasmer) return words.madeWasmerWasmer(by, wasmer);
  if (!row.here) return words.codeMachine(passport.triple, host.triple);
  const lacks = lacking(passport.cpu_features, host);
  return lacks.length === 0 ? null : words.codeNeedsCpuFeatures(lacks.join(', '));
}
