// What a person chose of the page itself: kept for the next start, here and in the workbench.

import {
  DEFAULT_PREFERENCES,
  readPreferences,
  recall,
  remember,
  type Preferences,
} from './preferences.ts';
import { ThemeChoice, type Theme } from './theme.svelte.ts';

/** Milliseconds after the last change before the preferences are saved. */
const PAUSE = 400;

/** The preferences, and how they come to the workbench. */
export class Kept {
  readonly theme = new ThemeChoice();
  preferences: Preferences = $state.raw(DEFAULT_PREFERENCES);
  readonly #save: (ui: string) => void;
  #saving: ReturnType<typeof setTimeout> | undefined;
  #restored = false;

  /** `save` gives the preferences to the workbench. */
  constructor(save: (ui: string) => void) {
    this.#save = save;
  }

  /** Takes what was kept before, once. */
  restore(fromWorkbench: string | null): void {
    if (this.#restored) return;
    this.#restored = true;
    this.preferences = readPreferences(recall() ?? fromWorkbench);
    if (this.preferences.theme !== null) this.theme.choose(this.preferences.theme);
  }

  /** Changes what is kept for the next start. */
  prefer(changes: Partial<Preferences>): void {
    this.preferences = { ...this.preferences, ...changes };
    // Not before the kept ones have come: they would be lost.
    if (!this.#restored) return;
    remember(JSON.stringify(this.preferences));
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.#saveNow(), PAUSE);
  }

  /** Chooses a theme, or none to follow the system. */
  chooseTheme(theme: Theme | null): void {
    this.theme.choose(theme);
    this.prefer({ theme });
    // It is one press, not a panel that is being dragged: nothing more will follow.
    this.#saveNow();
  }

  /** Saves what was not saved yet. */
  flush(): void {
    if (this.#saving !== undefined) this.#saveNow();
  }

  #saveNow(): void {
    clearTimeout(this.#saving);
    this.#saving = undefined;
    if (this.#restored) this.#save(JSON.stringify(this.preferences));
  }
}
