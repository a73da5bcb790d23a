// Which bytes changed, and how long ago.

import { Pieces, type Piece } from './pieces.ts';

/** How long a change is shown, in milliseconds before, in the steps in which it fades. */
const STEPS = [250, 700, 1500];

interface Seen extends Piece {
  /** When each byte changed; 0 is never. */
  when: Float64Array;
}

/** Which bytes have changed lately, of those that are looked at. */
export class Freshness {
  #seen = new Pieces<Seen>();

  /** Takes the bytes as they are now. What was not looked at before has not changed. */
  see(pieces: readonly Piece[], now: number): void {
    const before = this.#seen.all;
    const seen = pieces.map((piece) => ({ ...piece, when: new Float64Array(piece.bytes.length) }));
    for (const piece of seen) for (const old of before) compare(old, piece, now);
    this.#seen = new Pieces(seen);
  }

  /** Forgets all: what comes next is of another instance. */
  clear(): void {
    this.#seen = new Pieces();
  }

  /** How fresh a change of a byte is: 3 just now, 0 none or long ago. */
  heat(address: number, now: number): 0 | 1 | 2 | 3 {
    const piece = this.#seen.at(address);
    const when = piece?.when[address - piece.from] ?? 0;
    if (when === 0) return 0;
    const step = STEPS.findIndex((age) => now - when < age);
    return step < 0 ? 0 : ((3 - step) as 1 | 2 | 3);
  }

  /**
   * The next byte after an address that has changed lately, from the beginning again at the end.
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

function compare(old: Seen, piece: Seen, now: number): void {
  const first = Math.max(piece.from, old.from);
  const end = Math.min(piece.from + piece.bytes.length, old.from + old.bytes.length);
  for (let at = first; at < end; at++) {
    const before = at - old.from;
    const changed = old.bytes[before] !== piece.bytes[at - piece.from];
    piece.when[at - piece.from] = changed ? now : (old.when[before] ?? 0);
  }
}
