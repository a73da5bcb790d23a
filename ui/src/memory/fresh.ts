// The bytes that changed, and the age of each change.

import { Pieces, type Piece } from './pieces.ts';

/** The ages at which the colour of a change fades, in milliseconds. */
const STEPS = [250, 700, 1500];

interface SeenPiece extends Piece {
  /** The time when each byte changed; 0 is never. */
  when: Float64Array;
}

/** The bytes in view that have changed lately. */
export class Freshness {
  #seen = new Pieces<SeenPiece>();

  /** Takes the bytes as they are now. Bytes that were not in view before have not changed. */
  see(pieces: readonly Piece[], now: number): void {
    const before = this.#seen.all;
    const seen = pieces.map((piece) => ({ ...piece, when: new Float64Array(piece.bytes.length) }));
    for (const piece of seen) for (const old of before) compare(old, piece, now);
    this.#seen = new Pieces(seen);
  }

  /** Forgets everything, because the instance is another. */
  clear(): void {
    this.#seen = new Pieces();
  }

  /** Returns how fresh the change of a byte is: 3 just now, 0 long ago or unchanged. */
  heat(address: number, now: number): 0 | 1 | 2 | 3 {
    const piece = this.#seen.at(address);
    const when = piece?.when[address - piece.from] ?? 0;
    if (when === 0) return 0;
    const step = STEPS.findIndex((age) => now - when < age);
    return step < 0 ? 0 : ((3 - step) as 1 | 2 | 3);
  }

  /**
   * Returns the next byte after an address that has changed lately. After the end it continues at
   * the beginning.
   */
  next(after: number, now: number): number | null {
    let first: number | null = null;
    for (const { from, bytes } of this.#seen.all) {
      for (let at = from; at < from + bytes.length; at++) {
        if (this.heat(at, now) === 0) continue;
        if (at > after) return at;
        first ??= at;
      }
    }
    return first;
  }
}

function compare(old: SeenPiece, piece: SeenPiece, now: number): void {
  const first = Math.max(piece.from, old.from);
  const end = Math.min(piece.from + piece.bytes.length, old.from + old.bytes.length);
  for (let at = first; at < end; at++) {
    const before = at - old.from;
    const changed = old.bytes[before] !== piece.bytes[at - piece.from];
    piece.when[at - piece.from] = changed ? now : (old.when[before] ?? 0);
  }
}
