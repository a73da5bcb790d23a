// The graph in words, for people who do not see it.

import type { RunRecord } from '../protocol.ts';
import type { Past } from './past.ts';
import { PHASES, compilerName } from './phases.ts';
import { formatTime } from '../values/time.ts';
import { PHASE_NAMES } from '../values/phases.ts';
import { words as say } from '../words/graph/describe.ts';

/** Describes the graph: its contents, and the latest record in full. Stored runs come first. */
export function describe(records: readonly RunRecord[], past: Past | null = null): string {
  const latest = records.at(-1) ?? past?.newest(1)[0];
  if (!latest) return say.nothingRunYet;
  const compilers = [...(past?.compilers ?? []), ...records.map(({ compiler }) => compiler)];
  const names = new Set(compilers.map(compilerName));
  const number = (past?.length ?? 0) + records.length;
  const count = number === 1 ? say.record : say.records(number);
  return say.of(count, [...names].join(', '), describeRecord(latest));
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
  return say.latest(what, compilerName(record.compiler), times, failed);
}
