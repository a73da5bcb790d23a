// The rows that are known to be the same as the row above.

import { MOST_BUCKETS } from '../protocol.ts';
import type { MemoryAccess } from './access.ts';
import { Folds } from './folds.ts';
import { paced } from './pace.ts';
import type { Piece, Range } from './pieces.ts';
import { BLOCK, Sameness } from './same.ts';
import { words } from '../words/memory/folding.ts';

/**
 * The most blocks whose rows are compared: 32 MiB. Blocks that are seen are compared in any case.
 */
const MOST = 512;

/**
 * The least milliseconds between two passes. A pass that took long is followed by a rest ten times
 * as long.
 */
const REST = 1000;

/** The bytes before and after an address that a jump to it shows. */
const AROUND = 128;

/** The most places that stay open after a jump or a click. */
const MOST_SHOWN = 64;

/**
 * Finds the rows that equal the row above them. Blocks of zeros are known by the hashes of an
 * overview, which costs nothing for pages that were never used. Other blocks are read and compared
 * once, and again if their hash has changed. Rows that are seen are also compared with every reply.
 */
export class Folding {
  on = $state(false);
  /** Grows if more is known, or if other rows must be shown. */
  version = $state(0);
  readonly #known = new Sameness();
  #shown: Range[] = [];
  #near: readonly number[] = [];
  #surveyed = 0;
  #wake: () => void = () => undefined;

  /** Turns folding on or off. */
  toggle(): void {
    this.on = !this.on;
    this.#shown = [];
    // Blocks are not watched from now on, so the hashes and comparisons will be out of date.
    if (!this.on) this.#known.resize(0);
    this.version++;
  }

  /** Returns the rows that each line shows. */
  of(rows: number, columns: number): Folds {
    if (!this.on) return new Folds(rows);
    this.#known.columns = columns;
    return new Folds(rows, this.#known.runs(this.#shown));
  }

  /** Sets the ranges that are seen. */
  look(ranges: readonly Range[]): void {
    const blocks = ranges.flatMap(({ from, to }) => {
      const first = Math.floor(from / BLOCK);
      return Array.from({ length: Math.ceil(to / BLOCK) - first }, (_, index) => first + index);
    });
    this.#near = blocks;
    if (this.on && blocks.some((block) => !this.#known.knows(block))) this.#wake();
  }

  /** Takes the bytes as they are now. A block that they contradict is compared again at once. */
  see(pieces: readonly Piece[]): void {
    if (this.on && pieces.filter((piece) => this.#known.doubt(piece)).length > 0) this.#wake();
  }

  /** Unfolds a range. */
  show(range: Range): void {
    this.#shown = [...this.#shown, range].slice(-MOST_SHOWN);
    this.version++;
  }

  /** Unfolds an address and the rows around it. */
  showAround(address: number): void {
    this.show({ from: Math.max(0, address - AROUND), to: address + AROUND });
  }

  /** Folds again what was opened around an address. Returns whether there was anything to fold. */
  hide(address: number): boolean {
    const before = this.#shown.length;
    this.#shown = this.#shown.filter(({ from, to }) => address < from || address >= to);
    if (this.#shown.length === before) return false;
    this.version++;
    return true;
  }

  /** Starts the next pass at once, because the memory was written to. */
  hurry(): void {
    this.#surveyed = 0;
    this.#wake();
  }

  /** Forgets everything, because the instance is another. */
  clear(): void {
    this.#known.resize(0);
    this.#shown = [];
    this.hurry();
    this.version++;
  }

  /**
   * Compares until the function that it returns is called. While a guest runs, blocks far from
   * sight are compared slowly.
   */
  start(access: MemoryAccess, size: number, guestRuns: () => boolean): () => void {
    let goesOn = true;
    const gentle = () => goesOn && guestRuns();
    void this.#loop(access, size, () => goesOn, gentle);
    return () => {
      goesOn = false;
      this.hurry();
    };
  }

  async #loop(
    access: MemoryAccess,
    size: number,
    goesOn: () => boolean,
    gentle: () => boolean,
  ): Promise<void> {
    this.#surveyed = 0;
    while (goesOn()) {
      try {
        if (performance.now() >= this.#surveyed) await this.#survey(access, size, goesOn, gentle);
        await this.#compare(access, goesOn, gentle);
      } catch {
        // The grid shows the error of the instance. The loop only tries again.
        this.#surveyed = performance.now() + REST;
      }
      if (goesOn()) await this.#pause(this.#surveyed - performance.now());
    }
  }

  async #survey(
    access: MemoryAccess,
    size: number,
    goesOn: () => boolean,
    gentle: () => boolean,
  ): Promise<void> {
    const began = performance.now();
    // If `hurry` is called meanwhile, this no longer holds and another pass follows.
    this.#surveyed = Infinity;
    const blocks = Math.ceil(size / BLOCK);
    let news = blocks !== this.#known.blocks;
    this.#known.resize(blocks);
    for (let block = 0; block < blocks && goesOn();) {
      const from = block;
      const ask = () => access.overview(from * BLOCK, BLOCK, Math.min(MOST_BUCKETS, blocks - from));
      const hashes = await paced(ask, gentle);
      // The size is another than this loop was started with. The caller restarts it with the new
      // size.
      if (hashes.length === 0 || blocks !== this.#known.blocks)
        throw new Error(words.memoryAnotherSize);
      for (const hash of hashes) news = this.#known.hash(block++, hash) || news;
    }
    const took = performance.now() - began;
    if (this.#surveyed === Infinity) this.#surveyed = began + took + Math.max(REST, 10 * took);
    if (news) this.version++;
  }

  async #compare(
    access: MemoryAccess,
    goesOn: () => boolean,
    gentle: () => boolean,
  ): Promise<void> {
    let news = 0;
    for (let block = this.#next(); block !== null && goesOn(); block = this.#next()) {
      const at = block * BLOCK;
      const far = () => gentle() && !this.#near.includes(at / BLOCK);
      const { bytes } = await paced(() => access.read(at, BLOCK), far);
      if (block >= this.#known.blocks) break;
      this.#known.compare(block, bytes);
      if (this.#known.count > MOST) this.#known.drop(this.#near);
      // Rows that are seen are folded at once. The others are many, so they are folded 64 blocks at
      // a time.
      if (this.#near.includes(block) || ++news % 64 === 0) this.version++;
    }
    if (news % 64 !== 0) this.version++;
  }

  /** The block to compare next: one that is seen, or any other while there is room. */
  #next(): number | null {
    const blocks = this.#known.blocks;
    for (const block of this.#near) if (block < blocks && !this.#known.knows(block)) return block;
    if (this.#known.count >= MOST) return null;
    for (let block = 0; block < blocks; block++) if (!this.#known.knows(block)) return block;
    return null;
  }

  #pause(time: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.max(0, time));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
