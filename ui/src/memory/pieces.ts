// Bytes that are here, in pieces.

import type { Bytes } from '../platform/platform.ts';

/** A part of a memory: its first byte and the one after the last. */
export interface Range {
  from: number;
  to: number;
}

/** Bytes of one place, as they were read. */
export interface Piece {
  from: number;
  bytes: Bytes;
}

/** Bytes of several places, in order; none overlaps another. */
export class Pieces<P extends Piece> {
  readonly all: readonly P[];
  /** Bytes are asked for one after the other: the next is mostly in the piece of the last. */
  #last: P | undefined;

  constructor(all: readonly P[] = []) {
    this.all = all;
  }

  /** The piece that has a byte. */
  at(address: number): P | undefined {
    if (!this.#last || !has(this.#last, address))
      this.#last = this.all.find((piece) => has(piece, address));
    return this.#last;
  }

  /** Whether all bytes of a range are here, in one piece. */
  cover({ from, to }: Range): boolean {
    const piece = this.at(from);
    return from >= to || (piece !== undefined && to <= piece.from + piece.bytes.length);
  }
}

function has({ from, bytes }: Piece, address: number): boolean {
  return address >= from && address < from + bytes.length;
}

/**
 * Ranges in order, as few as cover them: what lies between two of them is taken along where it is
 * short.
 */
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
