// The layouts of the panels.

import { words } from '../words/values/layouts.ts';

/** The layouts of the panels, each for one kind of work. Keys are the order of `Alt+Shift+1` on. */
export const LAYOUTS = {
  learn: words.learn,
  compare: words.compare,
  memory: words.memory,
  engineer: words.engineer,
  present: words.present,
} as const;

export type LayoutId = keyof typeof LAYOUTS;

export function isLayoutId(id: unknown): id is LayoutId {
  return typeof id === 'string' && Object.hasOwn(LAYOUTS, id);
}

/** The widths of the page, in pixels, below which a layout has fewer columns. */
const WIDE = 1000;
const NARROW = 640;

/** The columns that a page has room for: three, two or one. Each layout has its places for each of them. */
export type Width = 'wide' | 'middle' | 'narrow';

/** Returns the width of a page that has so many pixels. */
export function widthOf(pixels: number): Width {
  if (pixels >= WIDE) return 'wide';
  return pixels >= NARROW ? 'middle' : 'narrow';
}

/** The id of a layout's places at a width. Those of a wide page have the name of the layout. */
export type PlacesId = LayoutId | `${LayoutId}-${Exclude<Width, 'wide'>}`;

export function placesId(layout: LayoutId, width: Width): PlacesId {
  return width === 'wide' ? layout : `${layout}-${width}`;
}

/** The ids of all places. */
export const ALL_PLACES: readonly PlacesId[] = (Object.keys(LAYOUTS) as LayoutId[]).flatMap(
  (layout) => (['wide', 'middle', 'narrow'] as const).map((width) => placesId(layout, width)),
);
