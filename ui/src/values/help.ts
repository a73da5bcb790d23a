// The help after an error: the workbench's advice, and the step that the page's own controls offer.
// The command line has options in their place: `crates/protocol/src/terminal/help.rs`.

import type { ErrorCode, Problem, WireError } from '../protocol.ts';
import steps from './steps.json';

/**
 * The step of each code, or null if no control of the page helps. `{proposal}` is the name of one.
 * The compiler asks for a new code here. `docs/guide/errors.md` has these sentences too.
 */
export const STEPS: Readonly<Record<ErrorCode, string | null>> = steps;

/** Codes whose errors have several causes. The step is for one of them. */
const APPLIES: Partial<Record<ErrorCode, (error: Facts) => boolean>> = {
  invalid_module: ({ proposal }) => proposal !== undefined,
  trap: ({ trap }) => trap === 'stack_overflow',
};

/** The facts of an error that decide its help. A problem of the source has fewer. */
type Facts = Pick<WireError, 'code' | 'help' | 'proposal' | 'trap'>;

/** Returns the help after an error, or an empty text. */
export function helpOf(error: Facts): string {
  return [error.help, stepOf(error)].filter(Boolean).join(' ');
}

/** Returns the message of an error with its help. */
export function withHelp(error: Facts & Pick<WireError | Problem, 'message'>): string {
  return `${error.message} ${helpOf(error)}`.trim();
}

function stepOf(error: Facts): string {
  const step = (APPLIES[error.code]?.(error) ?? true) ? STEPS[error.code] : null;
  // The guide shows names of controls in bold type, and the page as they are.
  return (step ?? '').replaceAll('**', '').replace('{proposal}', error.proposal ?? '');
}
