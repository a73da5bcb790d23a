// Bytes that have been read, in pieces.

import type { Bytes } from '../platform/platform.ts';

/** A part of a memory: its first byte and the one after the last. */
export interface Range {
  from: number;
  to: number;
}

/** The bytes of one range, as they were read. */
export interface Piece {
  from: number;
  bytes: Bytes;
}

/** Pieces in order, which do not overlap. */
export class Pieces<P extends Piece> {
  readonly all: readonly P[];
  /**
   * The piece of the last lookup. Bytes are looked up in order, so the next one is mostly in it
   * too.
   */
  #last: P | undefined;

  constructor(all: readonly P[] = []) {
    this.all = all;
  }

  /** Returns the piece that has a byte, or undefined. */
  at(address: number): P | undefined {
    if (!this.#last || !has(this.#last, address))
      this.#last = this.all.find((piece) => has(piece, address));
    return this.#last;
  }

  /** Returns true if all bytes of a range are in one piece. */
  cover({ from, to }: Range): boolean {
    const piece = this.at(from);
    return from >= to || (piece !== undefined && to <= piece.from + piece.bytes.length);
  }
}

function has({ from, bytes }: Piece, address: number): boolean {
  return address >= from && address < from + bytes.length;
}

/** Joins ranges that overlap or are at most `gap` bytes apart. The ranges must be in order. */
export function join(ranges: readonly Range[], gap: number): Range[] {
  const joined: Range[] = [];
  for (const { from, to } of ranges) {
    const last = joined.at(-1);
    if (to <= from) continue;
    if (last && from <= last.to + gap) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}
