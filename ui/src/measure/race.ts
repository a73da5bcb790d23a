// The end of a race in words, and its report as a file.

import type { Race, RaceLane, Settings, Welcome } from '../protocol.ts';
import { words } from '../words/measure/race-view.ts';
import { callText, nanoseconds, payOffs, titleOf } from './rows.ts';

/** Returns the results of a contender's call, or the status of its program, or null. */
export function resultOf(lane: RaceLane): string | null {
  if (lane.state !== 'ready') return null;
  if (lane.status !== null) return words.status(lane.status);
  return lane.results.length === 0 ? null : lane.results.map(({ value }) => value).join(' ');
}

/** Returns the contenders whose results differ from those of the first one, bit by bit. */
export function differing(race: Race): RaceLane[] {
  const ended = race.lanes.filter((lane) => resultOf(lane) !== null);
  const [first] = ended;
  return first ? ended.filter((lane) => resultOf(lane) !== resultOf(first)) : [];
}

/** Returns sentences about a race: the first result, and the calls at which other code pays off. */
export function sentencesOf(race: Race): string[] {
  const sentences: string[] = [];
  const ready = race.lanes.flatMap(({ contender, ready_ns: ns, timings }) =>
    ns === null ? [] : [{ title: titleOf(contender), ns, ...timings }],
  );
  const [winner] = ready.toSorted((a, b) => a.ns - b.ns);
  if (winner) sentences.push(words.first(nanoseconds(winner.ns), winner.title));
  const costs = ready.flatMap(({ title, compile, call }) =>
    compile === undefined || call === undefined ? [] : [{ title, compile, call }],
  );
  const call = race.export === null ? null : callText(race.export, race.arguments);
  if (costs.length > 1) sentences.push(...payOffs(costs, call), words.moreExactly);
  return sentences;
}

/** A module whose contenders gave different results. */
export interface Differing {
  welcome: Welcome;
  title: string;
  /** The binary. */
  module: Uint8Array;
  settings: Settings | null;
  race: Race;
}

/** Returns all that another person needs to see the same difference, as JSON. */
export function reportOf({ welcome, title, module, settings, race }: Differing): string {
  const base64 = btoa(Array.from(module, (byte) => String.fromCharCode(byte)).join(''));
  const { version, wasmer, host } = welcome;
  const call = race.export === null ? null : { export: race.export, arguments: race.arguments };
  const results = race.lanes.map((lane) => ({
    contender: lane.contender,
    state: lane.state,
    results: lane.results,
    status: lane.status,
    error: lane.error,
  }));
  const report = { watshop: version, wasmer, host, module: { title, base64 }, call, settings };
  return JSON.stringify({ ...report, results }, null, 2) + '\n';
}
