// Runs of rows that are the same, with unknown ranges between them.

import type { Bytes } from '../platform/platform.ts';
import { PAGE_BYTES } from '../protocol.ts';
import type { Piece, Range } from './pieces.ts';

/** The size of a block in bytes. A block has one hash and is compared as a whole. */
export const BLOCK = PAGE_BYTES;

/** The fewest rows that are folded into one line: fewer would gain nothing. */
const FEWEST = 2;

/** A block whose rows were compared. */
interface Comparison {
  /** The hash of the block before it was read. */
  hash: bigint | undefined;
  first: Bytes;
  last: Bytes;
  /**
   * Runs of rows that equal the row above: the first row and the one after the last in turn,
   * counted from the beginning of the block.
   */
  runs: Uint16Array;
}

/** The rows of a memory that are known to equal the row above. */
export class Sameness {
  #columns = 16;
  #hashes: (bigint | undefined)[] = [];
  readonly #compared = new Map<number, Comparison>();
  /**
   * Blocks that were seen to have changed. Their last comparison is used until they are compared
   * again.
   */
  readonly #doubted = new Set<number>();

  /** The number of blocks whose comparison is kept. */
  get count(): number {
    return this.#compared.size;
  }

  get blocks(): number {
    return this.#hashes.length;
  }

  /** Sets the bytes in a row. Comparisons with other rows are dropped. */
  set columns(columns: number) {
    if (columns !== this.#columns) this.#compared.clear();
    this.#columns = columns;
  }

  /** Takes the memory's size in blocks. Nothing is known of new ones. */
  resize(blocks: number): void {
    for (const kept of [this.#compared, this.#doubted]) {
      for (const block of kept.keys()) if (block >= blocks) kept.delete(block);
    }
    this.#hashes.length = blocks;
  }

  /** Takes the hash of a block; 0 means that it is all zero. Returns whether the hash is new. */
  hash(block: number, hash: bigint): boolean {
    const news = this.#hashes[block] !== hash;
    this.#hashes[block] = hash;
    return news;
  }

  /** Returns true if the comparison of a block is up to date. */
  knows(block: number): boolean {
    const hash = this.#hashes[block];
    if (this.#doubted.has(block)) return false;
    if (hash === 0n) return true;
    const compared = this.#compared.get(block);
    return compared !== undefined && compared.hash === hash;
  }

  /** Compares the rows of a block. */
  compare(block: number, bytes: Bytes): void {
    const columns = this.#columns;
    // The hash is older than the bytes. The next pass brings the new one.
    if (this.#doubted.delete(block)) this.#hashes[block] = undefined;
    const [first, last] = [bytes.slice(0, columns), bytes.slice(BLOCK - columns)];
    // The newest comparison is the last of the map.
    this.#compared.delete(block);
    this.#compared.set(block, {
      hash: this.#hashes[block],
      first,
      last,
      runs: sameRows(bytes, columns),
    });
  }

  /** Drops the oldest comparison, except of the blocks in `but`. */
  drop(but: readonly number[]): void {
    for (const block of this.#compared.keys())
      if (!but.includes(block)) return void this.#compared.delete(block);
  }

  /** Doubts the blocks that these bytes contradict. Returns whether there are any new ones. */
  doubt({ from, bytes }: Piece): boolean {
    const before = this.#doubted.size;
    const end = Math.min(from + bytes.length, this.#hashes.length * BLOCK);
    for (let block = Math.floor(from / BLOCK); block * BLOCK < end; block++) {
      const start = Math.max(0, block * BLOCK - from);
      const part = bytes.subarray(start, (block + 1) * BLOCK - from);
      if (!this.#fits(block, from + start - block * BLOCK, part)) this.#doubted.add(block);
    }
    return this.#doubted.size > before;
  }

  #fits(block: number, at: number, bytes: Bytes): boolean {
    if (this.#hashes[block] === 0n) return bytes.every((byte) => byte === 0);
    const { runs } = this.#compared.get(block) ?? {};
    const columns = this.#columns;
    for (let index = 0; runs && index < runs.length; index += 2) {
      const first = Math.max((runs[index] ?? 0) * columns, at + columns) - at;
      const end = Math.min((runs[index + 1] ?? 0) * columns, at + bytes.length) - at;
      for (let one = first; one < end; one++) if (bytes[one] !== bytes[one - columns]) return false;
    }
    return true;
  }

  /**
   * Returns the runs of rows that can be hidden, without the ranges in `shown`: the first row and
   * the one after the last in turn.
   */
  runs(shown: readonly Range[]): Float64Array {
    const columns = this.#columns;
    const rows = BLOCK / columns;
    const zero = new Uint8Array(columns);
    const found = new RunCollector(
      shown.map(({ from, to }) => [Math.floor(from / columns), Math.ceil(to / columns)]),
    );
    let above: Bytes | null = null;
    for (let block = 0; block < this.#hashes.length; block++) {
      const compared = this.#hashes[block] === 0n ? null : this.#compared.get(block);
      const first = compared === null ? zero : compared?.first;
      const base = block * rows;
      if (above && first && isSame(above, first)) found.add(base, base + 1);
      if (compared === null) found.add(base + 1, base + rows);
      const { runs } = compared ?? {};
      for (let index = 0; runs && index < runs.length; index += 2) {
        found.add(base + (runs[index] ?? 0), base + (runs[index + 1] ?? 0));
      }
      above = compared === null ? zero : (compared?.last ?? null);
    }
    return found.end();
  }
}

/** Joins runs that touch, and cuts out the rows that must be shown. */
class RunCollector {
  readonly #shown: readonly (readonly [number, number])[];
  readonly #runs: number[] = [];
  #first = 0;
  #end = 0;

  constructor(shown: readonly (readonly [number, number])[]) {
    this.#shown = shown.toSorted(([a], [b]) => a - b);
  }

  add(first: number, end: number): void {
    if (first !== this.#end) {
      this.#take();
      this.#first = first;
    }
    this.#end = end;
  }

  end(): Float64Array {
    this.#take();
    return Float64Array.from(this.#runs);
  }

  #take(): void {
    let first = this.#first;
    for (const [from, to] of this.#shown) {
      if (to <= first || from >= this.#end) continue;
      this.#push(first, from);
      first = to;
    }
    this.#push(first, this.#end);
  }

  #push(first: number, end: number): void {
    if (end - first >= FEWEST) this.#runs.push(first, end);
  }
}

/**
 * Finds runs of rows that equal the row above: the first row and the one after the last in turn.
 */
export function sameRows(bytes: Bytes, columns: number): Uint16Array {
  // The copy is aligned, as words must be.
  const words = new Uint32Array(bytes.slice().buffer);
  const width = columns / 4;
  const runs: number[] = [];
  for (let row = 1; row * width < words.length; row++) {
    const at = row * width;
    let same = true;
    for (let word = at; same && word < at + width; word++)
      same = words[word] === words[word - width];
    if (!same) continue;
    if (runs.at(-1) === row) runs[runs.length - 1] = row + 1;
    else runs.push(row, row + 1);
  }
  return Uint16Array.from(runs);
}

function isSame(one: Bytes, other: Bytes): boolean {
  return one === other || one.every((byte, index) => byte === other[index]);
}
