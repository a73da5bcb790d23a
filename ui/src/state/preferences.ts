// The preferences that the page keeps for its next start.

import type { Compiler } from '../protocol.ts';
import { COMPILERS, eachOf } from '../values/names.ts';
import { ALL_PLACES, isLayoutId, type LayoutId, type PlacesId } from '../values/layouts.ts';
import { readSizes, type Sizes } from '../values/sizes.ts';
import { isTheme, type Theme } from '../values/theme.ts';

/** The preferences that the page keeps for its next start, as its own JSON in the workbench. */
export interface Preferences {
  /** Grows when a preference changes its meaning. */
  version: typeof VERSION;
  /** The theme; null follows the system. */
  theme: Theme | null;
  /** The active tab. */
  active: number | null;
  /** The layout in use. */
  layout: LayoutId;
  /** The places of the panels in each layout that was changed, at each width, in dockview's form. */
  places: Readonly<Partial<Record<PlacesId, unknown>>>;
  /** The scale of the timing graph. */
  scale: 'linear' | 'log';
  /** Bookmarks in memories, by the number of the tab. */
  bookmarks: Readonly<Record<number, readonly Bookmark[]>>;
  /** The sizes of text. */
  sizes: Sizes;
  /** True if long lines of code are wrapped. */
  wrap: boolean;
  /** The letters of a line that is wrapped; 0 for as many as the panel has room for. */
  lineWidth: number;
  /** The ids of commands with the keys that a person chose for them. An empty text is no key. */
  keys: readonly OwnKey[];
  /** The compiler of new tabs; null is the usual one. */
  compiler: Compiler | null;
  /** The paths of files whose tabs were closed, the last one first. */
  recent: readonly string[];
  /** True if a race stops when the page that began it is closed. */
  endRaces: boolean;
  /** True if the tour was begun once. */
  toured: boolean;
  /** The ids of the lessons that are done. */
  lessons: readonly string[];
}

/** The widths of a wrapped line that can be chosen, in letters. */
export const LINE_WIDTHS = [0, 60, 80, 100, 120] as const;

/** The id of a command and its key. */
type OwnKey = readonly [id: string, key: string];

/** A bookmark in a memory. */
export interface Bookmark {
  address: number;
  name: string;
}

const VERSION = 1;

export const DEFAULT_PREFERENCES: Preferences = {
  version: VERSION,
  theme: null,
  active: null,
  layout: 'learn',
  places: {},
  scale: 'log',
  bookmarks: {},
  keys: [],
  compiler: null,
  sizes: {},
  wrap: false,
  lineWidth: 0,
  recent: [],
  endRaces: false,
  toured: false,
  lessons: [],
};

/** Reads kept preferences. Values that cannot be read become the defaults. */
export function readPreferences(json: string | null): Preferences {
  if (json === null) return DEFAULT_PREFERENCES;
  try {
    const kept = JSON.parse(json) as Partial<Preferences> | null;
    if (kept?.version !== VERSION) return DEFAULT_PREFERENCES;
    return {
      version: VERSION,
      theme: isTheme(kept.theme) ? kept.theme : null,
      active: typeof kept.active === 'number' ? kept.active : null,
      ...readLayout(kept),
      scale: kept.scale === 'linear' ? 'linear' : 'log',
      bookmarks: readBookmarks(kept.bookmarks),
      keys: readKeys(kept.keys),
      compiler: eachOf(COMPILERS).find((one) => one === kept.compiler) ?? null,
      sizes: readSizes(kept.sizes),
      wrap: kept.wrap === true,
      lineWidth: LINE_WIDTHS.find((one) => one === kept.lineWidth) ?? 0,
      endRaces: kept.endRaces === true,
      toured: kept.toured === true,
      recent: readTexts(kept.recent),
      lessons: readTexts(kept.lessons),
    };
  } catch {
    return DEFAULT_PREFERENCES;
  }
}

/** Reads the layouts. `layout` was the places of the only one once, which is now Engineer. */
function readLayout(kept: Partial<Preferences>): Pick<Preferences, 'layout' | 'places'> {
  if (typeof kept.layout === 'object' && kept.layout !== null)
    return { layout: 'engineer', places: { engineer: kept.layout } };
  const places: Partial<Record<PlacesId, unknown>> = {};
  const given = new Map(Object.entries(kept.places ?? {}));
  for (const id of ALL_PLACES) if (given.has(id)) places[id] = given.get(id);
  return { layout: isLayoutId(kept.layout) ? kept.layout : DEFAULT_PREFERENCES.layout, places };
}

function readTexts(kept: unknown): readonly string[] {
  return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : [];
}

function readKeys(kept: unknown): readonly OwnKey[] {
  const isOne = (one: unknown): one is OwnKey =>
    Array.isArray(one) && one.length === 2 && one.every((text) => typeof text === 'string');
  return Array.isArray(kept) ? kept.filter(isOne) : [];
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
 * The storage key for this one window: other windows on the same workbench have other active tabs
 * and panels.
 */
const KEY = 'watshop.ui';

/** Returns the preferences of this window before it was reloaded, or null. */
export function recall(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Keeps the preferences for a reload of this window. */
export function remember(json: string): void {
  try {
    sessionStorage.setItem(KEY, json);
  } catch {
    // Without storage in this browser, the workbench still keeps them.
  }
}
