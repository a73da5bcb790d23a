// The record of host calls, read piece by piece.

import type { Client } from '../client.ts';
import { ConnectionError } from '../platform/errors.ts';
import { MOST_CALLS, MOST_KEPT_CALLS, type HostCall } from '../protocol.ts';

/** The recorded host calls of a tab, as far as they have been read. */
export class HostCalls {
  /** The calls, oldest first. */
  calls: readonly HostCall[] = $state.raw([]);
  total = $state(0);
  dropped = $state(0);
  paused = $state(false);
  /** The number of calls that the next Run answers from. */
  replay: number | null = $state(null);
  /** The number of calls that the instance of the last Run answers from. */
  replayed: number | null = $state(null);
  #generation = -1;
  #reading: Promise<void> | null = null;
  #next: Promise<void> | null = null;

  /**
   * Reads the calls since the last time. Requests follow one another: a second one waits for the
   * first, whose reply may be too old for it.
   */
  read(client: Client, tab: number): Promise<void> {
    if (this.#reading) {
      this.#next ??= this.#reading.then(() => {
        this.#next = null;
        return this.read(client, tab);
      });
      return this.#next;
    }
    this.#reading = this.#readOn(client, tab).finally(() => (this.#reading = null));
    return this.#reading;
  }

  /** Forgets the calls, because the record was emptied or the instance is gone. */
  clear(): void {
    this.calls = [];
    this.total = 0;
    this.dropped = 0;
    this.#generation = -1;
  }

  async #readOn(client: Client, tab: number): Promise<void> {
    for (let more = true; more;) {
      more = await this.#readPiece(client, tab);
    }
  }

  async #readPiece(client: Client, tab: number): Promise<boolean> {
    // A call that had not ended is read again, with all that came after it.
    const open = this.calls.findIndex((call) => call.ended.end === 'running');
    const known = open < 0 ? this.calls : this.calls.slice(0, open);
    const after = known.at(-1)?.sequence ?? 0;
    let view;
    try {
      view = await client['calls.read']({ tab, after, limit: MOST_CALLS });
    } catch (error) {
      // Without an instance there is no record. A lost connection has its own banner.
      if (!(error instanceof ConnectionError)) this.clear();
      return false;
    }
    this.paused = view.paused;
    this.replay = view.replay;
    this.replayed = view.replayed;
    this.total = view.total;
    this.dropped = view.dropped;
    if (view.generation !== this.#generation) {
      const first = this.#generation === -1 && after === 0;
      this.#generation = view.generation;
      if (!first) {
        this.calls = [];
        return true;
      }
    }
    this.calls = [...known, ...view.calls].slice(-MOST_KEPT_CALLS);
    const last = view.calls.at(-1);
    // A call that still runs would be read for ever.
    return (
      last !== undefined &&
      last.sequence < view.last &&
      view.calls.every((call) => call.ended.end !== 'running')
    );
  }
}
