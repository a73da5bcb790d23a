// The machine code that a runner has loaded, for the panel that shows it.

import type { Client } from '../client.ts';
import { ConnectionError } from '../platform/errors.ts';
import type { CodeView } from '../protocol.ts';

/** The machine code that a tab's runner has loaded, asked for while somebody looks at it. */
export class LoadedCode {
  view = $state.raw<CodeView | null>(null);
  /** Why it cannot be told. */
  error = $state<string | null>(null);
  #tab: number | null = null;

  /**
   * Asks for the code of a tab's instance; what it gives stops the waiting, where another is wanted
   * meanwhile.
   */
  read(client: Client, tab: number): () => void {
    let wanted = true;
    // What an older instance of the same tab had is shown until the answer comes, so that nothing
    // flickers.
    if (tab !== this.#tab) this.view = null;
    this.#tab = tab;
    client['tab.code']({ tab }).then(
      (view) => {
        if (!wanted) return;
        this.view = view;
        this.error = null;
      },
      (error: unknown) => {
        // A lost connection has its own banner, and every instance is asked for anew when it is
        // back.
        if (!wanted || error instanceof ConnectionError) return;
        this.view = null;
        this.error = error instanceof Error ? error.message : String(error);
      },
    );
    return () => (wanted = false);
  }
}
