// A search through a memory, piece by piece, which can be cancelled.

import type { Bytes } from '../platform/platform.ts';
import type { MemoryAccess } from './access.ts';

/** The result of a search. */
export type Outcome = { found: number; wrapped: boolean } | 'nothing' | 'cancelled';

/**
 * A search through all of a memory, in pieces, so that it shows its progress and can be cancelled.
 */
export class Search {
  /** The part of the memory that is done, from 0 to 1; null without a search. */
  fraction = $state<number | null>(null);
  #run = {};

  get running(): boolean {
    return this.fraction !== null;
  }

  /** Cancels the search. */
  cancel(): void {
    this.#run = {};
    this.fraction = null;
  }

  /**
   * Searches from an address to the end and then from the beginning, or backwards. The address
   * itself comes last.
   */
  async find(
    access: MemoryAccess,
    wanted: Bytes,
    from: number,
    size: number,
    backwards: boolean,
  ): Promise<Outcome> {
    const run = {};
    this.#run = run;
    this.fraction = 0;
    const after = { start: from + 1, end: size };
    const before = { start: 0, end: from };
    const here = { start: from, end: from + 1 };
    const rounds = backwards ? [before, after, here] : [after, before, here];
    let done = 0;
    try {
      for (const [round, { start, end }] of rounds.entries()) {
        let rest = { start, end };
        while (rest.start < rest.end) {
          const answer = await access.search(wanted, rest.start, rest.end, backwards);
          if (this.#run !== run) return 'cancelled';
          if (answer === null) break;
          if ('found' in answer) return { found: answer.found, wrapped: round > 0 };
          rest = backwards ? { start, end: answer.next } : { start: answer.next, end };
          const left = rest.end - rest.start;
          this.fraction = (done + (end - start) - left) / size;
        }
        done += Math.max(0, end - start);
      }
      return 'nothing';
    } finally {
      if (this.#run === run) this.fraction = null;
    }
  }
}
