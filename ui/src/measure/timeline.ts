// The figures of the timeline as a table for a file.

import type { Past, PastRecord } from '../graph/past.ts';
import { PHASES } from '../graph/phases.ts';
import { COMPILERS, ENGINES } from '../values/names.ts';
import { words } from '../words/measure/timeline.ts';
import type { Table } from './rows.ts';

/** Returns stored runs and the records after them as a table in nanoseconds, the oldest first. */
export function timelineTable(records: readonly PastRecord[], past: Past | null = null): Table {
  const columns = [
    ...[words.number, words.when, words.tab, words.what, words.compiler, words.engine],
    ...[words.cache, ...PHASES.map(words.nanoseconds), words.nanoseconds(words.total), words.error],
  ];
  const rows = [...(past?.all() ?? []), ...records].map((record, at) => [
    String(at + 1),
    new Date(record.at_ms).toISOString(),
    record.title ?? '',
    record.export === null ? record.kind : words.call(record.export),
    record.compiler === null ? '' : COMPILERS[record.compiler],
    ENGINES[record.engine],
    record.cache ?? '',
    ...[...PHASES, 'total' as const].map((phase) => {
      const time = record.timings[phase];
      return time === undefined ? '' : String(Math.round(time));
    }),
    record.error ?? '',
  ]);
  return { columns, rows };
}
