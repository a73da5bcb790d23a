// The sizes of text: of the whole page, and of some parts of it.

import { words } from '../words/values/sizes.ts';

/** The parts of the page whose text has a size of its own, and their names for people. */
export const SIZES = {
  all: words.allText,
  code: words.code,
  results: words.results,
  memory: words.memory,
  console: words.console,
  graphs: words.graphs,
} as const;

/** The id of a size. */
export type SizeId = keyof typeof SIZES;

/** The sizes that a person chose, in percent of the usual one. */
export type Sizes = Readonly<Partial<Record<SizeId, number>>>;

/** The bounds of a size and one step, in percent. */
export const SMALLEST = 50;
export const LARGEST = 300;
export const STEP = 10;

/** The size of each panel, by the panel's id. */
const OF_PANEL = new Map<string, SizeId>([
  ['editor', 'code'],
  ['exports', 'results'],
  ['memory', 'memory'],
  ['console', 'console'],
  ['timings', 'graphs'],
]);

/** Returns the size that belongs to a panel, or null. */
export function sizeOfPanel(id: string | undefined): SizeId | null {
  return (id === undefined ? undefined : OF_PANEL.get(id)) ?? null;
}

/** Returns the sizes after a step up (1) or down (-1), or the usual size (0). */
export function stepped(sizes: Sizes, which: SizeId, step: -1 | 0 | 1): Sizes {
  return step === 0
    ? sized(sizes, which, 100)
    : sized(sizes, which, of(sizes, which) + step * STEP);
}

/** Returns the sizes with another one, which is kept within its bounds. */
export function sized(sizes: Sizes, which: SizeId, percent: number): Sizes {
  return { ...sizes, [which]: Math.max(SMALLEST, Math.min(Math.round(percent), LARGEST)) };
}

/** Returns a size in percent. */
export function of(sizes: Sizes, which: SizeId): number {
  return sizes[which] ?? 100;
}

/** Returns the factor of the size of all text. */
export function textScale(sizes: Sizes): number {
  return of(sizes, 'all') / 100;
}

/** Reads kept sizes. What is no size is left out. */
export function readSizes(kept: unknown): Sizes {
  const given = new Map<string, unknown>(Object.entries(kept ?? {}));
  let sizes: Sizes = {};
  for (const which of Object.keys(SIZES) as SizeId[]) {
    const percent = given.get(which);
    if (typeof percent === 'number' && percent >= SMALLEST && percent <= LARGEST)
      sizes = sized(sizes, which, percent);
  }
  return sizes;
}

/** Returns the properties of the page that its parts take their sizes from. */
export function styleOf(sizes: Sizes): string {
  const parts = (Object.keys(SIZES) as SizeId[]).filter((which) => which !== 'all');
  return parts.map((which) => `--of-${which}: ${of(sizes, which) / 100}`).join('; ');
}
