// The theme of the page.

import { MediaQuery } from 'svelte/reactivity';
import { isTheme, type Theme } from '../values/theme.ts';

/**
 * A second place for the choice, so that the next start is not white before the workbench has
 * replied.
 */
const KEY = 'watshop.theme';

const system = new MediaQuery('(prefers-color-scheme: dark)', false);

/** The theme: the chosen one, or the system's. */
export class ThemeChoice {
  #chosen: Theme | null = $state(null);

  constructor() {
    this.choose(kept());
  }

  get chosen(): Theme | null {
    return this.#chosen;
  }

  /** The theme that is shown. */
  get shown(): Theme {
    return this.#chosen ?? (system.current ? 'dark' : 'light');
  }

  /** The ground of the theme that is shown. */
  get current(): 'light' | 'dark' {
    return this.shown === 'light' ? 'light' : 'dark';
  }

  /** Chooses a theme; null follows the system. */
  choose(theme: Theme | null): void {
    this.#chosen = theme;
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
    try {
      if (theme) localStorage.setItem(KEY, theme);
      else localStorage.removeItem(KEY);
    } catch {
      // Without storage in this browser, the workbench still keeps it.
    }
  }
}

function kept(): Theme | null {
  try {
    const theme = localStorage.getItem(KEY);
    return isTheme(theme) ? theme : null;
  } catch {
    return null;
  }
}
