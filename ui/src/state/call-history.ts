// The calls of an export from this page.

import type { RunReport } from '../protocol.ts';
import { words } from '../words/state/call-history.ts';

/** One call of an export from this page. */
export interface CallEntry {
  /** The arguments as they were typed. */
  arguments: readonly string[];
  /** The number of calls, if one press of Call made several. */
  times: number | null;
  report: RunReport;
}

/** The calls of one export that are kept. */
export const MOST_CALLS = 50;

/** Returns the history with one more call, newest first, without the calls beyond the limit. */
export function withCall(history: readonly CallEntry[], entry: CallEntry): readonly CallEntry[] {
  return [entry, ...history].slice(0, MOST_CALLS);
}

/** Formats arguments as a list: `1, nan:0x1`. */
export function describeArguments(given: readonly string[]): string {
  return given.map((text) => text.trim()).join(', ');
}

/** Describes the result of a call in one line. */
export function describeOutcome({ outcome }: RunReport): string {
  switch (outcome.outcome) {
    case 'returned':
      return outcome.results.length === 0
        ? words.noResults
        : outcome.results.map(({ value }) => value).join(', ');
    case 'exited':
      return words.exitStatus(outcome.status);
    case 'failed':
      return (outcome.error.trap ?? outcome.error.code).replaceAll('_', ' ');
    default:
      return outcome.outcome;
  }
}
