// The bytes that are seen, read again and again.

import { ConnectionError, RequestError } from '../platform/errors.ts';
import type { Bytes } from '../platform/platform.ts';
import { PAGE_BYTES } from '../protocol.ts';
import type { MemoryAccess } from './access.ts';
import { Freshness } from './fresh.ts';
import { join, Pieces, type Piece, type Range } from './pieces.ts';

/** The milliseconds between two reads of the memory: some 11 reads a second. */
const PERIOD = 90;

/**
 * The gap, in bytes, up to which two ranges are read as one, because one reply arrives sooner than
 * two.
 */
const GAP = 4096;

/** The moment from which changes are counted. */
export type ChangeBase = 'refresh' | 'call' | 'mark';

/** One range as it was read. */
interface ReadPiece extends Piece {
  generation: number;
  pages: number;
  /** A flag for each byte that has changed since changes began to be counted. */
  differs: Uint8Array;
}

/**
 * The bytes that are seen, read again and again. Only one read is on its way at a time, so that
 * nothing piles up if the replies are slow.
 */
export class LiveMemory {
  /** The size of the memory in pages, from the last reply. */
  pages = $state(0);
  /** The instance of that reply; 0 before the first one. */
  generation = $state(0);
  /** Grows with every reply, so that views of the bytes depend on it. */
  version = $state(0);
  /** The error that keeps bytes from being read, or null. */
  trouble = $state<string | null>(null);
  readonly fresh = new Freshness();

  since: ChangeBase = 'refresh';
  #pieces = new Pieces<ReadPiece>();
  #wanted: readonly Range[] = [];
  #near: readonly Range[] = [];
  #run = {};
  /** The callers that wait for the first reply. */
  #waiting: (() => void)[] = [];
  #wake: () => void = () => undefined;

  get size(): number {
    return this.pages * PAGE_BYTES;
  }

  /** Returns a byte, or undefined if it has not been read. */
  byte(address: number): number | undefined {
    const piece = this.#pieces.at(address);
    return piece?.bytes[address - piece.from];
  }

  /** The ranges of the last read. */
  get pieces(): readonly Piece[] {
    return this.#pieces.all;
  }

  /**
   * Returns at most `length` bytes from an address on, as far as they were read; null if the first
   * one was not.
   */
  bytes(address: number, length: number): Bytes | null {
    const piece = this.#pieces.at(address);
    return piece?.bytes.slice(address - piece.from, address - piece.from + length) ?? null;
  }

  /**
   * Returns the strength of a byte's colour: 3 for a change of this moment, 1 for one that fades, 0
   * for none.
   */
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

  /** Tells that the memory has grown to `pages`. */
  grown(pages: number): void {
    this.pages = Math.max(this.pages, pages);
    this.hurry();
  }

  /** Forgets everything, because another memory follows. */
  forget(): void {
    this.pages = 0;
    this.generation = 0;
    this.#pieces = new Pieces();
    this.fresh.clear();
    this.version++;
  }

  /**
   * Sets the ranges that must be read, in order, and the ranges near them, which may be seen next.
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

  /** Reads until the function that it returns is called. */
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
    // Before the first reply the size is not known. It comes with every reply, even to an empty
    // range.
    if (ranges.length === 0) ranges.push({ from: 0, to: 0 });
    const looks = await Promise.all(ranges.map((range) => this.#read(access, range)));
    const last = looks.at(-1);
    if (!goesOn() || !last) return;
    // If the instance changed during the read, pieces of the former one are dropped.
    const pieces = looks.filter((look) => look.generation === last.generation);
    // A memory never gets smaller: a reply with fewer pages is older than the growth.
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

  async #read(access: MemoryAccess, { from, to }: Range): Promise<ReadPiece> {
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
    since: ChangeBase,
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
    // A lost connection has its own banner, and the read is repeated once it is back.
    if (error instanceof ConnectionError) return;
    // The memory is another, smaller one. The reply to an empty range will tell its size.
    if (error instanceof RequestError && error.wire.code === 'out_of_bounds') this.pages = 0;
    this.trouble = error instanceof Error ? error.message : String(error);
    this.version++;
  }

  /** True if every wanted byte has been read. */
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
