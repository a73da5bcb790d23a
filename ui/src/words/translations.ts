// The translations of the workbench's sentences. `ui/words/catalogue.js` puts those of the page's
// language here when the page is built.

import type { Pattern } from './core.ts';

/** The translations by pattern, with the same places. The page in English needs none. */
export const TRANSLATIONS: ReadonlyMap<Pattern, string> | null = null;
