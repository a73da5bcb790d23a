// Whether an artifact runs on this machine.

import type { Passport } from '../protocol.ts';
import { whyForeign } from '../target/here.ts';
import type { App } from './app.svelte.ts';

/**
 * Returns the reason why an artifact does not run on this machine, null if it does, and undefined
 * while its target is not known here. See {@link learnTarget}.
 */
export function foreignReason(app: App, passport: Passport | null): string | null | undefined {
  const row = passport && app.targets.rowOf(passport);
  const { known } = app.targets;
  return passport && row && known ? whyForeign(passport, row, known) : undefined;
}

/** Asks for the target of an artifact, which can be for a triple outside of the list. */
export function learnTarget(app: App, passport: Passport | null): void {
  const triple = passport?.triple;
  if (triple !== undefined && app.targets.known) void app.attempt(() => app.targets.find(triple));
}
