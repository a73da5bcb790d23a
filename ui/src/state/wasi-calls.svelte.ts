// The record of calls of WASI, read window by window.

import type { Client } from '../client.ts';
import type { WasiCall, WasiCallCount, WasiCallFilter } from '../protocol.ts';

/** A window of the record: the number of calls before it, or null for the newest; and its length. */
export interface CallWindow {
  readonly from: number | null;
  readonly limit: number;
}

/** One window of a tab's recorded calls. */
export class WasiCalls {
  calls: readonly WasiCall[] = $state.raw([]);
  /** The number of calls that pass the filter before the first of `calls`. */
  first = $state(0);
  /** The number of kept calls that pass the filter. */
  found = $state(0);
  total = $state(0);
  dropped = $state(0);
  counts: readonly WasiCallCount[] = $state.raw([]);
  filter: WasiCallFilter = $state.raw({ name: '', failed: false, letters: '' });
  #reading: Promise<void> | null = null;
  /** The window to read after the one that is being read. */
  #next: CallWindow | null = null;

  /**
   * Reads a window. While one is being read, only the newest wish is kept: the others would come
   * too late.
   */
  read(client: Client, tab: number, window: CallWindow): Promise<void> {
    if (this.#reading) {
      this.#next = window;
      return this.#reading;
    }
    this.#reading = this.#readOn(client, tab, window).finally(() => (this.#reading = null));
    return this.#reading;
  }

  async #readOn(client: Client, tab: number, window: CallWindow): Promise<void> {
    for (let next: CallWindow | null = window; next; next = this.#next) {
      this.#next = null;
      const { filter } = this;
      let view;
      try {
        view = await client['wasi.calls']({ tab, filter, ...next });
      } catch {
        // The runner has gone, or the connection, which has a banner of its own.
        continue;
      }
      this.calls = view.calls;
      this.first = view.first;
      this.found = view.found;
      this.total = view.total;
      this.dropped = view.dropped;
      this.counts = view.counts;
    }
  }
}
