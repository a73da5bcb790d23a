// The calls of an export that were made in this page.

import type { RunReport } from '../protocol.ts';

/** One call of an export that was made in this page. */
export interface CallEntry {
  /** As they were typed. */
  arguments: readonly string[];
  /** How often it was called, where that was more than one press of Call. */
  times: number | null;
  report: RunReport;
}

/** Calls of one export that are kept, the newest first. */
export const MOST_CALLS = 50;

/** The calls of an export with one more, in the place of the oldest where there are too many. */
export function withCall(history: readonly CallEntry[], entry: CallEntry): readonly CallEntry[] {
  return [entry, ...history].slice(0, MOST_CALLS);
}

/** Arguments as they stand in a call: `1, nan:0x1`. */
export function describeArguments(given: readonly string[]): string {
  return given.map((text) => text.trim()).join(', ');
}

/** What came of a call, on one line. */
export function describeOutcome({ outcome }: RunReport): string {
  switch (outcome.outcome) {
    case 'returned':
      return outcome.results.length === 0
        ? 'no results'
        : outcome.results.map(({ value }) => value).join(', ');
    case 'exited':
      return `exit status ${outcome.status}`;
    case 'failed':
      return (outcome.error.trap ?? outcome.error.code).replaceAll('_', ' ');
    default:
      return outcome.outcome;
  }
}
