// The state that the terminal's parts share: the screen, its cursor, and the choices of a person.

import type { CursorPlace, Screen } from './screen.ts';

/** The cursor's place in the panel's box, in pixels. */
export interface PlaceInPanel extends CursorPlace {
  /** The start of each line. */
  start: number;
  /** The bottom of the terminal. */
  bottom: number;
}

/** The terminal of a panel. */
export class TerminalState {
  screen: Screen | null = $state.raw(null);
  place: PlaceInPanel | null = $state.raw(null);
  /** The pixels by which the terminal is moved up, as the typed line needs more rows. */
  lift = $state(0);
  /** True if the logs of the import object are shown. */
  showsLogs = $state(true);
  /** True if the search is open. */
  isSearching = $state(false);
  /** The number of places found, and the current one from 0; null before a search. */
  found: { index: number; count: number } | null = $state.raw(null);

  /**
   * Takes a key that was pressed in the panel. The arrow keys, Home and End scroll only where
   * there is no line to move in.
   */
  readonly press = (event: KeyboardEvent): void => {
    const { screen } = this;
    if (!screen || event.altKey || event.metaKey) return;
    const isField = event.target instanceof HTMLTextAreaElement;
    if (event.ctrlKey) {
      if (event.key !== 'f') return;
      this.isSearching = true;
    } else if (event.key === 'PageUp') screen.scroll({ pages: -1 });
    else if (event.key === 'PageDown') screen.scroll({ pages: 1 });
    else if (isField) return;
    else if (event.key === 'ArrowUp') screen.scroll({ lines: -1 });
    else if (event.key === 'ArrowDown') screen.scroll({ lines: 1 });
    else if (event.key === 'Home') screen.scroll('first');
    else if (event.key === 'End') screen.scroll('last');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** Copies the terminal's selection, if a key or a menu asks for it. */
  readonly copy = (event: ClipboardEvent): void => {
    const selection = this.screen?.selection;
    if (!selection || !event.clipboardData) return;
    event.clipboardData.setData('text/plain', selection);
    event.preventDefault();
  };
}
