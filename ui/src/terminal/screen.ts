// The terminal itself: xterm.js, fed from the text that a tab keeps.

import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import { gapText, type ConsoleBlock } from '../state/console.svelte.ts';
import { Mixer } from './mixer.ts';
import type { Look } from './look.ts';
import { isWebLink } from './link.ts';

/** The lines that can be scrolled back to. */
const SCROLLBACK = 10_000;
/**
 * The characters that the terminal is given of one block at once, and after which no other block is
 * added. It reads a text to its end before it lets the page do anything else: this many take it a few
 * milliseconds.
 */
const AT_ONCE = 16 * 1024;
/** The modes that send the mouse to the program: it has no way to hear of it. */
const MOUSE = new Set([9, 1000, 1001, 1002, 1003, 1005, 1006, 1015, 1016]);

/** The place of the cursor in pixels of the terminal's box, and the measures of its cells. */
export interface CursorPlace {
  left: number;
  top: number;
  /** The width of a line. */
  width: number;
  height: number;
  fontSize: number;
  /** True if the person has scrolled away from it. */
  isAway: boolean;
}

/** The page around a screen. */
export interface ScreenEvents {
  /** The cursor has another place, or the cells another size. */
  moved(place: CursorPlace): void;
  /** A search found this many places; the current one counts from 0, and is -1 if none is. */
  found(index: number, count: number): void;
  open(url: string): void;
}

/** A terminal that shows the text of a console. */
export class Screen {
  readonly #terminal: Terminal;
  readonly #box: HTMLElement;
  readonly #events: ScreenEvents;
  readonly #fit = new FitAddon();
  readonly #search = new SearchAddon({ highlightLimit: 1000 });
  #mixer: Mixer;
  #look: Look;
  #blocks: readonly ConsoleBlock[] = [];
  #showsLogs = true;
  /** The place of the first character that the terminal has not been given. */
  #next = 0;
  #isWriting = false;
  /** The frame in which the place is told; 0 if none is asked for. */
  #frame = 0;
  /** Counts the restarts, so that the end of an old writing is told from that of a new one. */
  #restarts = 0;

  constructor(box: HTMLElement, font: CSSStyleDeclaration, look: Look, events: ScreenEvents) {
    this.#box = box;
    this.#events = events;
    this.#look = look;
    this.#mixer = new Mixer(look.looks);
    const link = (_: MouseEvent, url: string) => {
      if (isWebLink(url)) events.open(url);
    };
    this.#terminal = new Terminal({
      allowProposedApi: true,
      convertEol: true,
      cursorBlink: false,
      cursorInactiveStyle: 'none',
      disableStdin: true,
      fontFamily: font.fontFamily,
      fontSize: Number.parseFloat(font.fontSize),
      lineHeight: 1.2,
      linkHandler: { activate: link, allowNonHttpProtocols: false },
      minimumContrastRatio: look.contrast,
      scrollback: SCROLLBACK,
      scrollOnUserInput: false,
      theme: look.theme,
    });
    for (const addon of [this.#fit, this.#search, new WebLinksAddon(link)])
      this.#terminal.loadAddon(addon);
    this.#terminal.loadAddon(new UnicodeGraphemesAddon());
    this.#terminal.parser.registerCsiHandler({ prefix: '?', final: 'h' }, (modes) =>
      modes.some((mode) => typeof mode === 'number' && MOUSE.has(mode)),
    );
    this.#terminal.open(box);
    // A field of the page takes the keys, as the line is edited there.
    if (this.#terminal.textarea) this.#terminal.textarea.disabled = true;
    this.#terminal.onRender(() => this.#place());
    this.#terminal.onScroll(() => this.#placeSoon());
    this.#search.onDidChangeResults(({ resultIndex, resultCount }) =>
      events.found(resultIndex, resultCount),
    );
  }

  /** Shows these blocks. Those that are new are written after the others. */
  show(blocks: readonly ConsoleBlock[]): void {
    this.#blocks = blocks;
    if (!this.#isWriting) this.#write();
  }

  /** Begins again with an empty screen, in this look, with or without the logs. */
  restart(blocks: readonly ConsoleBlock[], look: Look, showsLogs: boolean): void {
    this.#restarts++;
    this.#isWriting = false;
    this.#look = look;
    this.#showsLogs = showsLogs;
    this.#mixer = new Mixer(look.looks);
    this.#next = 0;
    this.#terminal.options.theme = look.theme;
    this.#terminal.options.minimumContrastRatio = look.contrast;
    this.#terminal.reset();
    this.show(blocks);
  }

  /** Takes the size of its box, and of the font. */
  fit(fontSize: number): void {
    if (this.#box.clientWidth === 0 || this.#box.clientHeight === 0) return;
    if (this.#terminal.options.fontSize !== fontSize) this.#terminal.options.fontSize = fontSize;
    this.#fit.fit();
    this.#place();
  }

  /** The text that is selected, or an empty one. */
  get selection(): string {
    return this.#terminal.getSelection();
  }

  /** Scrolls by lines or pages, or to the first or the last line. */
  scroll(how: { lines: number } | { pages: number } | 'first' | 'last'): void {
    if (how === 'first') this.#terminal.scrollToTop();
    else if (how === 'last') this.#terminal.scrollToBottom();
    else if ('lines' in how) this.#terminal.scrollLines(how.lines);
    else this.#terminal.scrollPages(how.pages);
  }

  /** Selects the next or the previous place of a text, and marks all of them. */
  find(text: string, backwards: boolean, incremental: boolean): void {
    const { selectionBackground = '', yellow = '' } = this.#look.theme;
    const decorations = {
      matchBackground: selectionBackground,
      matchOverviewRuler: yellow,
      activeMatchBorder: yellow,
      activeMatchColorOverviewRuler: yellow,
    };
    if (backwards) this.#search.findPrevious(text, { decorations });
    else this.#search.findNext(text, { decorations, incremental });
  }

  /** Ends a search. */
  endSearch(): void {
    this.#search.clearDecorations();
    this.#terminal.clearSelection();
  }

  dispose(): void {
    this.#restarts++;
    cancelAnimationFrame(this.#frame);
    this.#terminal.dispose();
  }

  /** Gives the terminal the next text, and goes on when that is drawn. */
  #write(): void {
    const text = this.#take();
    if (text === '') return this.#place();
    this.#isWriting = true;
    const restarts = this.#restarts;
    this.#terminal.write(text, () => {
      if (this.#restarts !== restarts) return;
      this.#isWriting = false;
      this.#write();
    });
  }

  /** Takes the next text. A remark tells of text that was dropped before its turn. */
  #take(): string {
    let text = '';
    for (const block of this.#blocks) {
      const end = block.at + block.text.length;
      if (end <= this.#next) continue;
      if (text.length >= AT_ONCE) break;
      if (block.at > this.#next) text += this.#mixer.remark(gapText(block.at - this.#next));
      const begin = Math.max(block.at, this.#next);
      this.#next = end;
      if (block.logged && !this.#showsLogs) continue;
      this.#next = Math.min(end, begin + AT_ONCE);
      text += this.#mixer.write(block, block.text.slice(begin - block.at, this.#next - block.at));
      if (this.#next < end) break;
    }
    return text;
  }

  /** Tells the place with the next frame: a flood scrolls hundreds of lines in one. */
  #placeSoon(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#place();
    });
  }

  #place(): void {
    const { cols, rows, buffer } = this.#terminal;
    const { cursorX, cursorY, baseY, viewportY } = buffer.active;
    const drawn = this.#box.querySelector('.xterm-screen');
    if (!drawn) return;
    const { width, height } = drawn.getBoundingClientRect();
    const line = height / rows;
    this.#events.moved({
      left: (Math.min(cursorX, cols - 1) * width) / cols,
      top: (cursorY + baseY - viewportY) * line,
      width,
      height: line,
      fontSize: this.#terminal.options.fontSize ?? 0,
      isAway: viewportY !== baseY,
    });
  }
}
