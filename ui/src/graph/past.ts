// The runs of all sessions, as the workbench packs them: 64 bytes for each (`PastRuns`).

import type { CacheUse, Compiler, ErrorCode, PastRuns, RunRecord, Timings } from '../protocol.ts';
import { COMPILERS, PHASES } from './series.ts';

/** A record of any tab and session. */
export interface PastRecord extends RunRecord {
  /** The title of its tab. */
  title?: string;
}

const SIZE = 64;
const CACHES: readonly CacheUse[] = ['hit', 'miss', 'off', 'sealed'];
const TIMES = [...PHASES, 'total'] as const satisfies (keyof Timings)[];
/** The place of no name. */
const NONE = 2 ** 32 - 1;

/** Reads the packed runs, the oldest first. */
export function readPast({ runs, names }: PastRuns, bytes: Uint8Array): PastRecord[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const all = Math.min(runs, Math.floor(bytes.byteLength / SIZE));
  return Array.from({ length: all }, (_, index) => {
    const at = index * SIZE;
    const name = (place: number): string | null => {
      const found = view.getUint32(at + place, true);
      return found === NONE ? null : (names[found] ?? null);
    };
    const timings: Timings = {};
    TIMES.forEach((phase, place) => {
      const time = view.getFloat32(at + 32 + 4 * place, true);
      if (!Number.isNaN(time)) timings[phase] = time;
    });
    const compiler: Compiler | undefined = COMPILERS[view.getUint8(at + 17)];
    return {
      id: view.getFloat64(at, true),
      at_ms: view.getFloat64(at + 8, true),
      kind: view.getUint8(at + 16) === 1 ? 'call' : 'run',
      compiler: compiler ?? null,
      engine: view.getUint8(at + 18) === 1 ? 'native' : 'jit',
      optimisation: null,
      cache: CACHES[view.getUint8(at + 19)] ?? null,
      title: name(20) ?? '',
      export: name(24),
      error: name(28) as ErrorCode | null,
      timings,
    };
  });
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
