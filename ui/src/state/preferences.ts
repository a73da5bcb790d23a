// What the page keeps for its next start.

import type { Theme } from './theme.svelte.ts';

/** What the page keeps for its next start: its own JSON in the workbench. */
export interface Preferences {
  /** Grows when what is kept changes its meaning. */
  version: typeof VERSION;
  /** None where the system decides. */
  theme: Theme | null;
  /** The tab that is shown. */
  active: number | null;
  /** Where the panels are, as dockview writes it. */
  layout: unknown;
  /** Scale of the timing graph. */
  scale: 'linear' | 'log';
  /** Places in memories that a person wants to find again, by the number of the tab. */
  bookmarks: Readonly<Record<number, readonly Bookmark[]>>;
}

/** A place in a memory. */
export interface Bookmark {
  address: number;
  name: string;
}

const VERSION = 1;

export const DEFAULT_PREFERENCES: Preferences = {
  version: VERSION,
  theme: null,
  active: null,
  layout: null,
  scale: 'log',
  bookmarks: {},
};

/** Reads what was kept; whatever is not understood is as if it had not been kept. */
export function readPreferences(json: string | null): Preferences {
  if (json === null) return DEFAULT_PREFERENCES;
  try {
    const kept = JSON.parse(json) as Partial<Preferences> | null;
    if (kept?.version !== VERSION) return DEFAULT_PREFERENCES;
    return {
      version: VERSION,
      theme: kept.theme === 'light' || kept.theme === 'dark' ? kept.theme : null,
      active: typeof kept.active === 'number' ? kept.active : null,
      layout: kept.layout ?? null,
      scale: kept.scale === 'linear' ? 'linear' : 'log',
      bookmarks: readBookmarks(kept.bookmarks),
    };
  } catch {
    return DEFAULT_PREFERENCES;
  }
}

function readBookmarks(kept: unknown): Preferences['bookmarks'] {
  const isOne = (one: Partial<Bookmark> | null) =>
    Number.isSafeInteger(one?.address) && typeof one?.name === 'string';
  const tabs = Object.entries(kept ?? {}).filter(
    ([, list]) => Array.isArray(list) && list.every(isOne),
  );
  return Object.fromEntries(tabs) as Preferences['bookmarks'];
}

/**
 * Where this one window keeps its own: another window on the same workbench has other tabs and
 * panels in front.
 */
const KEY = 'watshop.ui';

/** What this window kept before it was loaded again, where it did. */
export function recall(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Keeps the preferences for when this window is loaded again. */
export function remember(json: string): void {
  try {
    sessionStorage.setItem(KEY, json);
  } catch {
    // No storage in this browser: the workbench keeps them as well.
  }
}
