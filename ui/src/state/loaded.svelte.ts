// The machine code that a runner has loaded, for the panel that shows it.

import type { Client } from '../client.ts';
import { ConnectionError } from '../platform/errors.ts';
import type { CodeView } from '../protocol.ts';

/** The machine code that a tab's runner has loaded. It is requested while its panel is seen. */
export class LoadedCode {
  view = $state.raw<CodeView | null>(null);
  /** The error of the last request, or null. */
  error = $state<string | null>(null);
  #tab: number | null = null;

  /**
   * Requests the code of a tab's instance. Returns a function that ignores the reply, for when
   * other code is wanted meanwhile.
   */
  read(client: Client, tab: number): () => void {
    let wanted = true;
    // The code of an older instance of the same tab stays until the reply, so that the panel does
    // not flicker.
    if (tab !== this.#tab) this.view = null;
    this.#tab = tab;
    client['tab.code']({ tab }).then(
      (view) => {
        if (!wanted) return;
        this.view = view;
        this.error = null;
      },
      (error: unknown) => {
        // A lost connection has its own banner, and the code is requested again once it is back.
        if (!wanted || error instanceof ConnectionError) return;
        this.view = null;
        this.error = error instanceof Error ? error.message : String(error);
      },
    );
    return () => (wanted = false);
  }
}
