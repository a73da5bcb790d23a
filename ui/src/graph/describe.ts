// The graph in words, for people who do not see it.

import type { RunRecord } from '../protocol.ts';
import { PHASES, compilerOf } from './series.ts';
import { formatTime } from '../values/time.ts';

/** Describes the graph: its contents, and the latest record in full. */
export function describe(records: readonly RunRecord[]): string {
  const latest = records.at(-1);
  if (!latest) return 'Nothing has run yet.';
  const compilers = new Set(records.map(compilerOf));
  const count = records.length === 1 ? '1 record' : `${records.length} records`;
  return `${count} of ${[...compilers].join(', ')}. ${describeRecord(latest)}`;
}

function describeRecord(record: RunRecord): string {
  const what = record.kind === 'call' ? `call of ${record.export ?? 'a function'}` : 'run';
  const phases = PHASES.flatMap((phase) => {
    const nanoseconds = record.timings[phase];
    return nanoseconds === undefined ? [] : [`${phase} ${formatTime(nanoseconds / 1e6)}`];
  });
  const times = phases.length > 0 ? phases.join(', ') : 'no phase was measured';
  const failed = record.error === null ? '' : ` It failed: ${record.error.replaceAll('_', ' ')}.`;
  return `Latest: ${what} with ${compilerOf(record)}: ${times}.${failed}`;
}
