// Which rows are known to be the same as the one above.

import type { MemoryAccess } from './access.ts';
import { Folds } from './folds.ts';
import { paced } from './pace.ts';
import type { Piece, Range } from './pieces.ts';
import { BLOCK, Sameness } from './same.ts';

/** Hashes that are asked for at once: as many as one answer has. */
const AT_ONCE = 4096;

/**
 * Blocks whose rows are compared, at most: 32 MiB. Those that are seen are compared in any case.
 */
const MOST = 512;

/**
 * Milliseconds between two passes, at least; a pass that took long is followed by ten times as
 * much.
 */
const REST = 1000;

/** Bytes before and after an address that are shown when somebody goes there. */
const AROUND = 128;

/** Places that somebody went to or opened, at most. */
const MOST_SHOWN = 64;

/**
 * Finds the rows that are as the row above them. Blocks that are all zero are known by the hashes
 * of an overview, which costs nothing for pages that were never used; the others are read once and
 * compared, and again when their hash is another. What is seen is compared with every answer
 * besides.
 */
export class Folding {
  on = $state(false);
  /** Grows when something else is known, or is to be shown. */
  version = $state(0);
  readonly #known = new Sameness();
  #shown: Range[] = [];
  #near: readonly number[] = [];
  #surveyed = 0;
  #wake: () => void = () => undefined;

  /** Puts rows together, or shows all of them again. */
  toggle(): void {
    this.on = !this.on;
    this.#shown = [];
    // Nobody looks from now on, and what is known now may not be so later.
    if (!this.on) this.#known.resize(0);
    this.version++;
  }

  /** Which lines show which of so many rows. */
  of(rows: number, columns: number): Folds {
    if (!this.on) return new Folds(rows);
    this.#known.columns = columns;
    return new Folds(rows, this.#known.runs(this.#shown));
  }

  /** Names the places that are seen. */
  look(ranges: readonly Range[]): void {
    const blocks = ranges.flatMap(({ from, to }) => {
      const first = Math.floor(from / BLOCK);
      return Array.from({ length: Math.ceil(to / BLOCK) - first }, (_, index) => first + index);
    });
    this.#near = blocks;
    if (this.on && blocks.some((block) => !this.#known.knows(block))) this.#wake();
  }

  /** Takes bytes as they are now: what they are not is looked at again at once. */
  see(pieces: readonly Piece[]): void {
    if (this.on && pieces.filter((piece) => this.#known.doubt(piece)).length > 0) this.#wake();
  }

  /** Shows all of a range again. */
  show(range: Range): void {
    this.#shown = [...this.#shown, range].slice(-MOST_SHOWN);
    this.version++;
  }

  /** Shows an address that somebody went to, with some of what is around it. */
  showAround(address: number): void {
    this.show({ from: Math.max(0, address - AROUND), to: address + AROUND });
  }

  /** Puts together again what was opened around an address; whether there is anything. */
  hide(address: number): boolean {
    const before = this.#shown.length;
    this.#shown = this.#shown.filter(({ from, to }) => address < from || address >= to);
    if (this.#shown.length === before) return false;
    this.version++;
    return true;
  }

  /** Something was written: looks again at once. */
  hurry(): void {
    this.#surveyed = 0;
    this.#wake();
  }

  /** Forgets all: what comes next is of another instance. */
  clear(): void {
    this.#known.resize(0);
    this.#shown = [];
    this.hurry();
    this.version++;
  }

  /** Looks until what it gives is called; at what is far from sight slowly while a guest runs. */
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
        // What is wrong with the instance is said where its bytes are shown; this tries again.
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
    // Who asks for another pass meanwhile has it.
    this.#surveyed = Infinity;
    const blocks = Math.ceil(size / BLOCK);
    let news = blocks !== this.#known.blocks;
    this.#known.resize(blocks);
    for (let block = 0; block < blocks && goesOn();) {
      const from = block;
      const ask = () => access.overview(from * BLOCK, BLOCK, Math.min(AT_ONCE, blocks - from));
      const hashes = await paced(ask, gentle);
      // Another size than was said: whoever knows it starts this anew.
      if (hashes.length === 0 || blocks !== this.#known.blocks)
        throw new Error('the memory has another size');
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
      // What is seen is put together at once; of the rest there can be much.
      if (this.#near.includes(block) || ++news % 64 === 0) this.version++;
    }
    if (news % 64 !== 0) this.version++;
  }

  /** The block to compare next: of those that are seen, or any while there is room. */
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
