// Stored runs, for tests: random ones, and packed as the workbench packs them.

import type { CacheUse, Compiler, ErrorCode, Timings } from '../protocol.ts';
import { Past, type PastRecord } from './past.ts';
import { COMPILERS, PHASES } from './phases.ts';

const CACHES: readonly (CacheUse | null)[] = ['hit', 'miss', 'off', 'sealed', null];
const ERRORS: readonly (ErrorCode | null)[] = ['trap', 'memory_limit', null];
const TIMES = [...PHASES, 'total'] as const;

/** Returns random-looking numbers from 0 to 1, the same for each seed. */
function numbersOf(seed: number): () => number {
  let last = seed;
  return () => (last = (last * 1_664_525 + 1_013_904_223) >>> 0) / 2 ** 32;
}

/** Makes random runs. Their times are numbers of 32 bits, as stored ones are. */
export function randomRuns(seed: number, count: number): PastRecord[] {
  const next = numbersOf(seed);
  const one = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  // Some lists of runs have few compilers, or none that is known.
  const compilers = ([...COMPILERS, null] as (Compiler | null)[]).filter(() => next() < 0.7);
  return Array.from({ length: count }, (_, index) => {
    const timings: Timings = {};
    for (const phase of TIMES) if (next() < 0.5) timings[phase] = Math.fround(next() * 1e9);
    return {
      id: 1 + index,
      at_ms: 1_700_000_000_000 + Math.floor(next() * 1e6),
      kind: one(['run', 'call'] as const),
      compiler: compilers.length === 0 ? null : one(compilers),
      engine: one(['jit', 'native'] as const),
      optimisation: null,
      cache: one(CACHES),
      title: one(['fib.wat', 'π.wat', '']),
      export: one(['fib', 'main', null]),
      error: one(ERRORS),
      timings,
    };
  });
}

/** Packs runs (crates/workbench/src/history/pack.rs). */
export function past(runs: readonly PastRecord[]): Past {
  const names: string[] = [];
  const placeOf = (name: string | null | undefined): number => {
    if (name === null || name === undefined) return 2 ** 32 - 1;
    if (!names.includes(name)) names.push(name);
    return names.indexOf(name);
  };
  // The bytes begin anywhere, as they may in a message.
  const bytes = new Uint8Array(3 + 64 * runs.length).subarray(3);
  const view = new DataView(bytes.buffer, 3);
  const byteOf = (place: number): number => (place < 0 ? 255 : place);
  for (const [index, run] of runs.entries()) {
    const at = 64 * index;
    view.setFloat64(at, run.id, true);
    view.setFloat64(at + 8, run.at_ms, true);
    view.setUint8(at + 16, run.kind === 'call' ? 1 : 0);
    view.setUint8(at + 17, byteOf(run.compiler === null ? -1 : COMPILERS.indexOf(run.compiler)));
    view.setUint8(at + 18, run.engine === 'native' ? 1 : 0);
    view.setUint8(at + 19, byteOf(run.cache === null ? -1 : CACHES.indexOf(run.cache)));
    for (const [place, name] of [run.title, run.export, run.error].entries())
      view.setUint32(at + 20 + 4 * place, placeOf(name), true);
    for (const [place, phase] of TIMES.entries())
      view.setFloat32(at + 32 + 4 * place, run.timings[phase] ?? NaN, true);
  }
  return new Past({ runs: runs.length, names }, bytes);
}
