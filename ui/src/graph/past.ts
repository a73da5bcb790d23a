// The runs of all sessions, as the workbench packs them: 64 bytes for each (`PastRuns`).

import type { CacheUse, ErrorCode, PastRuns, RunRecord, Timings } from '../protocol.ts';
import { COMPILERS, PHASES } from './series.ts';

/** A record of any tab and session. */
export interface PastRecord extends RunRecord {
  /** The title of its tab. */
  title?: string;
}

const SIZE = 64;
const CACHES: readonly CacheUse[] = ['hit', 'miss', 'off', 'sealed'];
const TIMES = [...PHASES, 'total'] as const satisfies (keyof Timings)[];
/** The times with their places. */
const PLACED = [...TIMES.entries()];

/** Reads the packed runs, the oldest first. No list has a name at the place of no name, 2³² − 1. */
export function readPast({ runs, names }: PastRuns, bytes: Uint8Array): PastRecord[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const all = Math.min(runs, Math.floor(bytes.byteLength / SIZE));
  const read: PastRecord[] = [];
  // A hundred thousand runs have no time for functions of their own.
  for (let at = 0; at < all * SIZE; at += SIZE) {
    const timings: Timings = {};
    for (const [place, phase] of PLACED) {
      const time = view.getFloat32(at + 32 + 4 * place, true);
      if (!Number.isNaN(time)) timings[phase] = time;
    }
    read.push({
      id: view.getFloat64(at, true),
      at_ms: view.getFloat64(at + 8, true),
      kind: view.getUint8(at + 16) === 1 ? 'call' : 'run',
      compiler: COMPILERS[view.getUint8(at + 17)] ?? null,
      engine: view.getUint8(at + 18) === 1 ? 'native' : 'jit',
      optimisation: null,
      cache: CACHES[view.getUint8(at + 19)] ?? null,
      title: names[view.getUint32(at + 20, true)] ?? '',
      export: names[view.getUint32(at + 24, true)] ?? null,
      error: (names[view.getUint32(at + 28, true)] as ErrorCode | undefined) ?? null,
      timings,
    });
  }
  return read;
}

/** Returns the stored runs and those of a tab that came after them. */
export function withNewer(
  past: readonly PastRecord[],
  history: readonly RunRecord[],
): readonly PastRecord[] {
  if (history.length === 0) return past;
  // The history is short and the past is long, so the past is only looked through.
  const newer = new Map(history.map((record) => [record.id, record]));
  for (const { id, at_ms } of past) if (newer.get(id)?.at_ms === at_ms) newer.delete(id);
  return [...past, ...newer.values()];
}
