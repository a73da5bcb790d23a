// The themes that a person can choose.

import { words } from '../words/values/theme.ts';

/** The themes and their names for people. `contrast` is dark, in few and strong colours. */
export const THEMES = {
  light: words.light,
  dark: words.dark,
  contrast: words.highContrast,
} as const;

/** A theme. */
export type Theme = keyof typeof THEMES;

/** Returns true if a value is a theme. */
export function isTheme(value: unknown): value is Theme {
  return value === 'light' || value === 'dark' || value === 'contrast';
}
