// The workbench's table of targets, asked for once.

import { SvelteMap } from 'svelte/reactivity';
import type { Client } from '../client.ts';
import type { Target, TargetRow, Targets } from '../protocol.ts';

/** The targets there are and what can be made for each, as the workbench told. */
export class TargetList {
  /** Null until the workbench has answered. */
  known: Targets | null = $state.raw(null);
  readonly #client: Client;
  /** Rows that were asked for one by one, by the triple that was asked for and by their own. */
  readonly #others = new SvelteMap<string, TargetRow>();

  constructor(client: Client) {
    this.#client = client;
  }

  async load(): Promise<void> {
    this.known = await this.#client['workbench.targets']({});
  }

  /** What is known of a target; no target is this machine. Null where it was not asked for yet. */
  rowOf(target: Pick<Target, 'triple'> | null): TargetRow | null {
    const triple = target?.triple ?? this.known?.host.triple;
    if (triple === undefined) return null;
    return (
      this.known?.rows.find((row) => row.triple === triple) ?? this.#others.get(triple) ?? null
    );
  }

  /** The row of any triple; rejects with the workbench's sentence where it is none. */
  async find(triple: string): Promise<TargetRow> {
    const known = this.rowOf({ triple });
    if (known) return known;
    const row = await this.#client['workbench.target']({ triple });
    this.#others.set(triple, row).set(row.triple, row);
    return row;
  }
}
