// The bytes that are seen, read again and again.

import { ConnectionError, RequestError } from '../platform/errors.ts';
import type { Bytes } from '../platform/platform.ts';
import { PAGE, type MemoryAccess } from './access.ts';
import { Freshness } from './fresh.ts';
import { join, Pieces, type Piece, type Range } from './pieces.ts';

/** Milliseconds between two looks at the memory: some 11 a second. */
const PERIOD = 90;

/** Bytes between two places that are read along with both: one answer comes sooner than two. */
const GAP = 4096;

/** What a change is counted from. */
export type Since = 'refresh' | 'call' | 'mark';

/** What was read of one place. */
interface Look extends Piece {
  generation: number;
  pages: number;
  /** Which of the bytes are not as they were when changes began to be counted. */
  differs: Uint8Array;
}

/**
 * The bytes that are seen, read again and again. One look is on its way at a time, so that nothing
 * piles up where the answers are slow.
 */
export class Live {
  /** Of the memory, as the last answer told. */
  pages = $state(0);
  /** Which instance that was; 0 before the first answer. */
  generation = $state(0);
  /** Grows with every answer: who shows bytes depends on it. */
  version = $state(0);
  /** Why there are no bytes now. */
  trouble = $state<string | null>(null);
  readonly fresh = new Freshness();

  since: Since = 'refresh';
  #pieces = new Pieces<Look>();
  #wanted: readonly Range[] = [];
  #near: readonly Range[] = [];
  #run = {};
  /** Who waits for the first answer. */
  #waiting: (() => void)[] = [];
  #wake: () => void = () => undefined;

  get size(): number {
    return this.pages * PAGE;
  }

  /** A byte; none where it was not read yet. */
  byte(address: number): number | undefined {
    const piece = this.#pieces.at(address);
    return piece?.bytes[address - piece.from];
  }

  /** What was read last, place by place. */
  get pieces(): readonly Piece[] {
    return this.#pieces.all;
  }

  /**
   * The bytes from an address on that have been read, at most so many; none where the first has
   * not.
   */
  bytes(address: number, length: number): Bytes | null {
    const piece = this.#pieces.at(address);
    return piece?.bytes.slice(address - piece.from, address - piece.from + length) ?? null;
  }

  /** How much a byte is coloured: 3 a change of this moment, 1 one that fades, 0 none. */
  heat(address: number, now: number): 0 | 1 | 2 | 3 {
    if (this.since === 'refresh') return this.fresh.heat(address, now);
    const piece = this.#pieces.at(address);
    return piece?.differs[address - piece.from] ? 3 : 0;
  }

  /** Resolves when the size is known. */
  known(): Promise<void> {
    if (this.generation > 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** The memory has so many pages now. */
  grown(pages: number): void {
    this.pages = Math.max(this.pages, pages);
    this.hurry();
  }

  /** What comes next is of another memory. */
  forget(): void {
    this.pages = 0;
    this.generation = 0;
    this.#pieces = new Pieces();
    this.fresh.clear();
    this.version++;
  }

  /**
   * Names the bytes that must be here, in order, and those that are read along, as they may be seen
   * next.
   */
  want(wanted: readonly Range[], near: readonly Range[]): void {
    this.#wanted = wanted;
    this.#near = near;
    if (!this.covered) this.hurry();
  }

  /** Reads again without waiting. */
  hurry(): void {
    this.#wake();
  }

  /** Reads until what it gives is called. */
  start(access: MemoryAccess): () => void {
    const run = {};
    this.#run = run;
    void this.#loop(access, () => this.#run === run);
    return () => {
      if (this.#run === run) this.#run = {};
      this.hurry();
    };
  }

  async #loop(access: MemoryAccess, goesOn: () => boolean): Promise<void> {
    while (goesOn()) {
      const next = performance.now() + PERIOD;
      try {
        await this.#look(access, goesOn);
      } catch (error) {
        if (!goesOn()) return;
        this.#fail(error);
        await this.#pause(PERIOD);
        continue;
      }
      if (goesOn() && this.covered) await this.#pause(next - performance.now());
    }
  }

  async #look(access: MemoryAccess, goesOn: () => boolean): Promise<void> {
    const inside = this.#near.map(({ from, to }) => ({ from, to: Math.min(to, this.size) }));
    const ranges = join(inside, GAP);
    // Before the first answer the size is not known; it comes with any answer, also to a question
    // for nothing.
    if (ranges.length === 0) ranges.push({ from: 0, to: 0 });
    const looks = await Promise.all(ranges.map((range) => this.#read(access, range)));
    const last = looks.at(-1);
    if (!goesOn() || !last) return;
    // Another instance came while they were on their way: what is of the one before is gone.
    const pieces = looks.filter((look) => look.generation === last.generation);
    // A memory never gets smaller: an answer with fewer pages is of before it grew.
    this.pages =
      last.generation === this.generation ? Math.max(this.pages, last.pages) : last.pages;
    if (last.generation !== this.generation) this.fresh.clear();
    this.generation = last.generation;
    this.#pieces = new Pieces(pieces);
    this.fresh.see(pieces, performance.now());
    this.trouble = null;
    this.version++;
    for (const told of this.#waiting.splice(0)) told();
  }

  async #read(access: MemoryAccess, { from, to }: Range): Promise<Look> {
    const since = this.since;
    const { bytes, generation, pages } = await access.read(from, to - from);
    return {
      from,
      bytes,
      generation,
      pages,
      differs: await this.#compare(access, since, from, bytes.length),
    };
  }

  async #compare(
    access: MemoryAccess,
    since: Since,
    from: number,
    length: number,
  ): Promise<Uint8Array> {
    const differs = new Uint8Array(length);
    if (since === 'refresh' || length === 0) return differs;
    const { ranges } = await access.compare(since, from, length);
    for (const range of ranges)
      differs.fill(1, range.offset - from, range.offset - from + range.length);
    return differs;
  }

  #fail(error: unknown): void {
    // A lost connection has its own banner, and the question is asked again when it is back.
    if (error instanceof ConnectionError) return;
    // The memory is another one, and smaller: how large it is comes with the answer to a question
    // for nothing.
    if (error instanceof RequestError && error.wire.code === 'out_of_bounds') this.pages = 0;
    this.trouble = error instanceof Error ? error.message : String(error);
    this.version++;
  }

  /** Whether all that is wanted is here. */
  get covered(): boolean {
    if (this.size === 0) return this.generation > 0;
    return this.#wanted.every(({ from, to }) =>
      this.#pieces.cover({ from, to: Math.min(to, this.size) }),
    );
  }

  #pause(time: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, time);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
