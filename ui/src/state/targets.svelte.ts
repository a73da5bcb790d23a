// The workbench's table of targets, requested once.

import { SvelteMap } from 'svelte/reactivity';
import type { Client } from '../client.ts';
import type { Target, TargetRow, Targets } from '../protocol.ts';

/** The targets and the forms that can be made for each, from the workbench. */
export class TargetList {
  /** The table, or null until the workbench has replied. */
  known: Targets | null = $state.raw(null);
  readonly #client: Client;
  /** Rows that were requested one by one, by the requested triple and by their own. */
  readonly #others = new SvelteMap<string, TargetRow>();

  constructor(client: Client) {
    this.#client = client;
  }

  async load(): Promise<void> {
    this.known = await this.#client['workbench.targets']({});
  }

  /**
   * Returns the row of a target; null is this machine. The result is null if the row was not
   * requested yet.
   */
  rowOf(target: Pick<Target, 'triple'> | null): TargetRow | null {
    const triple = target?.triple ?? this.known?.host.triple;
    if (triple === undefined) return null;
    return (
      this.known?.rows.find((row) => row.triple === triple) ?? this.#others.get(triple) ?? null
    );
  }

  /**
   * Returns the row of any triple. It rejects with the workbench's error if the triple is not a
   * target.
   */
  async find(triple: string): Promise<TargetRow> {
    const known = this.rowOf({ triple });
    if (known) return known;
    const row = await this.#client['workbench.target']({ triple });
    this.#others.set(triple, row).set(row.triple, row);
    return row;
  }
}
