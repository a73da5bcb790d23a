// The names of the phases of a run.

import type { Phase } from '../protocol.ts';
import { words } from '../words/values/phases.ts';

/** The names of the phases, for people. */
export const PHASE_NAMES: Record<Phase, string> = words.names;
