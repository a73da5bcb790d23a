// The person's choices about the page, kept for the next start, here and in the workbench.

import {
  DEFAULT_PREFERENCES,
  readPreferences,
  recall,
  remember,
  type Preferences,
} from './preferences.ts';
import { stepped, type SizeId } from '../values/sizes.ts';
import type { Theme } from '../values/theme.ts';
import { ThemeChoice } from './theme.svelte.ts';

/** The milliseconds after the last change before the preferences are saved. */
const PAUSE = 400;

/** The preferences, and their way to the workbench. */
export class StoredPreferences {
  readonly theme = new ThemeChoice();
  preferences: Preferences = $state.raw(DEFAULT_PREFERENCES);
  readonly #save: (ui: string) => void;
  #saving: ReturnType<typeof setTimeout> | undefined;
  #restored = false;

  /** `save` sends the preferences to the workbench. */
  constructor(save: (ui: string) => void) {
    this.#save = save;
  }

  /** Restores the preferences of the last start, once. */
  restore(fromWorkbench: string | null): void {
    if (this.#restored) return;
    this.#restored = true;
    this.preferences = readPreferences(recall() ?? fromWorkbench);
    // A theme of another data folder, which this browser has kept, is not the choice here.
    this.theme.choose(this.preferences.theme);
  }

  /** Changes preferences and keeps them for the next start. */
  prefer(changes: Partial<Preferences>): void {
    this.preferences = { ...this.preferences, ...changes };
    // Before the kept preferences are restored, saving would overwrite them.
    if (!this.#restored) return;
    remember(JSON.stringify(this.preferences));
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.#saveNow(), PAUSE);
  }

  /** Chooses a theme; null follows the system. */
  chooseTheme(theme: Theme | null): void {
    this.theme.choose(theme);
    this.prefer({ theme });
    // A theme is chosen with one press, unlike the size of a panel, so no further change follows.
    this.#saveNow();
  }

  /** Makes the text of a part larger (1), smaller (-1), or of its usual size (0). */
  resize(which: SizeId, step: -1 | 0 | 1): void {
    this.prefer({ sizes: stepped(this.preferences.sizes, which, step) });
  }

  /** Saves the preferences if a change is not saved yet. */
  flush(): void {
    if (this.#saving !== undefined) this.#saveNow();
  }

  #saveNow(): void {
    clearTimeout(this.#saving);
    this.#saving = undefined;
    if (this.#restored) this.#save(JSON.stringify(this.preferences));
  }
}
