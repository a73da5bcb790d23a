// The graph in words, for people who do not see it.

import type { RunRecord } from '../protocol.ts';
import { PHASES, compilerOf } from './series.ts';
import { formatTime } from '../values/time.ts';
import { PHASE_NAMES } from '../values/phases.ts';
import { words as say } from '../words/graph/describe.ts';

/** Describes the graph: its contents, and the latest record in full. */
export function describe(records: readonly RunRecord[]): string {
  const latest = records.at(-1);
  if (!latest) return say.nothingRunYet;
  const compilers = new Set(records.map(compilerOf));
  const count = records.length === 1 ? say.record : say.records(records.length);
  return say.of(count, [...compilers].join(', '), describeRecord(latest));
}

function describeRecord(record: RunRecord): string {
  const what = record.kind === 'call' ? say.call(record.export ?? say.functionWord) : say.run;
  const phases = PHASES.flatMap((phase) => {
    const nanoseconds = record.timings[phase];
    return nanoseconds === undefined
      ? []
      : [`${PHASE_NAMES[phase]} ${formatTime(nanoseconds / 1e6)}`];
  });
  const times = phases.length > 0 ? phases.join(', ') : say.noPhaseMeasured;
  const failed = record.error === null ? '' : say.failed(record.error.replaceAll('_', ' '));
  return say.latest(what, compilerOf(record), times, failed);
}
