// The elements of a table that are shown.

import type { Client } from '../client.ts';
import { ConnectionError } from '../platform/errors.ts';
import type { TableElement } from '../protocol.ts';

/** The elements that are shown at once. */
export const ELEMENTS = 100;

/** A part of a table, requested while it is seen. */
export class TableView {
  /** The first element that is wanted. */
  offset = $state(0);
  elements: readonly TableElement[] = $state.raw([]);
  /** The index of the first element that is shown. */
  first = $state(0);
  /** The error of the last request, or null. */
  error: string | null = $state(null);
  #asked = 0;

  /**
   * Requests the elements from the offset on. If several requests are on their way, the last one
   * counts.
   */
  async read(client: Client, tab: number, table: string): Promise<void> {
    const asked = ++this.#asked;
    const offset = this.offset;
    try {
      const piece = await client['table.read']({ tab, table, offset, length: ELEMENTS });
      if (asked !== this.#asked) return;
      this.elements = piece.elements;
      this.first = offset;
      this.error = null;
    } catch (error) {
      if (asked !== this.#asked || error instanceof ConnectionError) return;
      this.error = error instanceof Error ? error.message : String(error);
    }
  }
}
