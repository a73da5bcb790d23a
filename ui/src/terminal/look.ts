// The colours and the font of the terminal, from the page's styles.

import type { ITheme } from '@xterm/xterm';
import type { Theme } from '../values/theme.ts';
import type { Looks } from './mixer.ts';

/** The sixteen colours of ANSI on each ground. */
const ANSI: Record<'light' | 'dark', ITheme> = {
  light: {
    black: '#1c2128',
    red: '#b92525',
    green: '#17703f',
    yellow: '#875500',
    blue: '#1f5891',
    magenta: '#8a2c6d',
    cyan: '#0d6656',
    white: '#57606d',
    brightBlack: '#6a7280',
    brightRed: '#d43a3a',
    brightGreen: '#1f8a50',
    brightYellow: '#a16a0a',
    brightBlue: '#2f72b8',
    brightMagenta: '#a8418a',
    brightCyan: '#157f6c',
    brightWhite: '#868f9c',
  },
  dark: {
    black: '#323945',
    red: '#ff8d88',
    green: '#63cf97',
    yellow: '#e8b759',
    blue: '#86c5f2',
    magenta: '#f0a9d4',
    cyan: '#77d6c1',
    white: '#d3d9e0',
    brightBlack: '#8f9aa9',
    brightRed: '#ffaba7',
    brightGreen: '#8ee3b5',
    brightYellow: '#f5cf86',
    brightBlue: '#abd8f8',
    brightMagenta: '#f7c6e3',
    brightCyan: '#9fe6d6',
    brightWhite: '#ffffff',
  },
};

/** The look of a terminal. */
export interface Look {
  theme: ITheme;
  looks: Looks;
  /** The least contrast of characters with their ground, as WCAG counts it. */
  contrast: number;
}

/** Reads the colours of an element, in its theme. */
export function lookOf(element: HTMLElement, theme: Theme): Look {
  const probe = element.appendChild(document.createElement('span'));
  const colour = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return hexOf(getComputedStyle(probe).color);
  };
  const text = colour('text');
  const found = {
    theme: {
      background: colour('surface'),
      foreground: text,
      selectionBackground: colour('selection'),
      scrollbarSliderBackground: `${text}33`,
      scrollbarSliderHoverBackground: `${text}66`,
      scrollbarSliderActiveBackground: `${text}80`,
      ...ANSI[theme === 'light' ? 'light' : 'dark'],
    },
    looks: {
      stderr: parametersOf(colour('error')),
      log: `3;${parametersOf(colour('muted'))}`,
      remark: `3;${parametersOf(colour('warning'))}`,
    },
    contrast: theme === 'contrast' ? 7 : 4.5,
  };
  probe.remove();
  return found;
}

/** Returns `#rrggbb` for a computed colour, `rgb(1, 2, 3)`. */
function hexOf(colour: string): string {
  const numbers = (colour.match(/\d+/g) ?? []).slice(0, 3).map(Number);
  return `#${numbers.map((one) => one.toString(16).padStart(2, '0')).join('')}`;
}

/** Returns the parameters of SGR for characters of a colour, `#rrggbb`. */
function parametersOf(hex: string): string {
  const number = Number.parseInt(hex.slice(1), 16);
  return `38;2;${number >> 16};${(number >> 8) & 255};${number & 255}`;
}
