// The runs of all sessions, as the workbench packs them.

import type { CacheUse, Compiler, ErrorCode, PastRuns, RunRecord, Timings } from '../protocol.ts';
import { COMPILER, FIRST_TIME, SIZE, measure, type Measured } from './packed.ts';
import { COMPILERS, PHASES } from './phases.ts';
import type { Figures } from './series.ts';

/** A record of any tab and session. */
export interface PastRecord extends RunRecord {
  /** The title of its tab. */
  title?: string;
}

const CACHES: readonly CacheUse[] = ['hit', 'miss', 'off', 'sealed'];
const TIMES = [...PHASES, 'total'] as const satisfies (keyof Timings)[];

/**
 * The stored runs, the oldest first. They stay packed: a record is made if it is shown, because
 * making a hundred thousand of them would take longer than all the rest.
 */
export class Past {
  /** The number of runs. Of bytes that are cut off, only whole runs count. */
  readonly length: number;
  readonly #view: DataView;
  readonly #names: readonly string[];
  /** The records that have been shown, so that the rows of a table find the same ones again. */
  readonly #shown = new Map<number, PastRecord>();
  #measured: Measured | undefined;

  constructor({ runs, names }: PastRuns, bytes: Uint8Array) {
    this.length = Math.min(runs, Math.floor(bytes.byteLength / SIZE));
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#names = names;
  }

  /** Returns the newest runs, newest last: the same records each time. */
  newest(most: number): PastRecord[] {
    const first = Math.max(0, this.length - most);
    return Array.from({ length: this.length - first }, (_, at) => {
      const record = this.#shown.get(first + at) ?? this.#read(first + at);
      this.#shown.set(first + at, record);
      return record;
    });
  }

  /** Returns all runs. The records are made anew, and only one after the other. */
  *all(): Generator<PastRecord> {
    for (let index = 0; index < this.length; index++) yield this.#read(index);
  }

  /** Returns the records of a tab that are not among the stored runs. */
  missing(history: readonly RunRecord[]): readonly RunRecord[] {
    // The history is short and the past is long, so the past is only looked through.
    const found = new Map(history.map((record) => [record.id, record]));
    for (let at = 0; at < this.length * SIZE && found.size > 0; at += SIZE) {
      const id = this.#view.getFloat64(at, true);
      if (found.get(id)?.at_ms === this.#view.getFloat64(at + 8, true)) found.delete(id);
    }
    return [...found.values()];
  }

  /** The compilers in the order of their first runs. Null is an unknown compiler. */
  get compilers(): (Compiler | null)[] {
    return this.#all.compilers.map((number) => COMPILERS[number] ?? null);
  }

  /** The figures of each compiler and phase; see `Measured`. */
  get figures(): readonly Figures[] {
    return this.#all.figures;
  }

  get #all(): Measured {
    return (this.#measured ??= measure(this.#view, this.length));
  }

  /** Makes a record. No list has a name at the place of no name, 2³² − 1. */
  #read(index: number): PastRecord {
    const view = this.#view;
    const at = index * SIZE;
    const name = (place: number) => this.#names[view.getUint32(at + place, true)];
    const timings: Timings = {};
    for (const [place, phase] of TIMES.entries()) {
      const time = view.getFloat32(at + FIRST_TIME + 4 * place, true);
      if (!Number.isNaN(time)) timings[phase] = time;
    }
    return {
      id: view.getFloat64(at, true),
      at_ms: view.getFloat64(at + 8, true),
      kind: view.getUint8(at + 16) === 1 ? 'call' : 'run',
      compiler: COMPILERS[view.getUint8(at + COMPILER)] ?? null,
      engine: view.getUint8(at + 18) === 1 ? 'native' : 'jit',
      optimisation: null,
      cache: CACHES[view.getUint8(at + 19)] ?? null,
      title: name(20) ?? '',
      export: name(24) ?? null,
      error: (name(28) as ErrorCode | undefined) ?? null,
      timings,
    };
  }
}
