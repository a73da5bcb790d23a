// The moving parts of the grid of bytes: the lines that are seen, the requests for their bytes, and
// the moment to paint them.

import { tick, untrack } from 'svelte';
import { formatAddress } from './address.ts';
import type { Folds } from './folds.ts';
import { Picture } from './picture.ts';
import { Rows, type Frame } from './rows.ts';
import { RowScroll } from './scroll.ts';
import type { MemoryViewer } from './viewer.svelte.ts';

/** The height of a row, in pixels. */
export const ROW = 20;
/** The milliseconds without a movement after which the scrollbar is set to its place. */
const STILL = 150;
/**
 * The lines that are read around those that are seen, and how many more in the direction of
 * scrolling.
 */
const MARGIN = 128;
const AHEAD = 1024;
/**
 * The milliseconds between two updates of the rows for screen readers if only bytes have changed,
 * because nothing reads faster.
 */
const LAG = 500;

/** The inputs of the grid. Each is a getter that is read whenever it matters. */
export interface GridInputs {
  readonly viewer: MemoryViewer;
  /** True if the grid has the focus. */
  readonly focused: boolean;
  /** The theme, because each has other colours for the picture. */
  readonly theme: string;
  /** A prefix that makes the ids of its cells unique. */
  readonly id: string;
}

/** The elements of a grid. */
export interface GridElements {
  /** The element that scrolls. */
  grid: HTMLElement;
  body: HTMLElement;
  canvas: HTMLCanvasElement;
}

/**
 * The grid of one component. It must be made during the component's setup, because its effects end
 * with the component.
 */
export class GridControl {
  /** The width of a character, in pixels. */
  character = $state(8);
  /** The height of the rows that are seen, in pixels. */
  view = $state(0);
  readonly rows = $derived.by(() => Math.ceil(this.#viewer.size / this.#viewer.columns));
  readonly seen = $derived.by(() => Math.ceil(this.view / ROW) + 1);
  readonly cells = $derived.by(() => this.#viewer.columns / this.#viewer.group);

  readonly #inputs: GridInputs;
  readonly #scroll = new RowScroll(ROW);
  #elements: GridElements | undefined;
  #lines: Rows | undefined = $state.raw();
  #picture: Picture | undefined;
  /** Grows whenever other rows are seen. */
  #moved = $state(0);
  /** The timer that runs during scrolling. */
  #still: ReturnType<typeof setTimeout> | undefined;
  /** The layout that the scrollbar was made for. */
  #laid: { folds: Folds; columns: number } | undefined;
  /** The first line before the last movement, and the direction of that movement. */
  #before = 0;
  #way: -1 | 0 | 1 = 0;
  /** The number of columns at the time when the cursor was last scrolled into sight. */
  #shown = 0;
  /**
   * The time and content of the last update of the rows, and whether all of their bytes were read.
   */
  #written: { at: number; as: readonly unknown[]; whole: boolean } | undefined;
  /** The animation frame in which the grid is painted next. */
  #asked = 0;

  constructor(inputs: GridInputs) {
    this.#inputs = inputs;
    $effect(() => this.#foldWhenKnown());
    $effect(() => this.#learnFolds());
    $effect(() => this.#layOut());
    $effect(() => this.#showCursor());
    $effect(() => this.#askForSeen());
    $effect(() => this.#askToPaint());
    $effect(() => () => cancelAnimationFrame(this.#asked));
  }

  get #viewer(): MemoryViewer {
    return this.#inputs.viewer;
  }

  /** Takes the elements once they exist. Returns a function that releases them. */
  mount(elements: GridElements): () => void {
    this.#elements = elements;
    this.#lines = new Rows(elements.body, this.#inputs.id);
    this.#picture = new Picture(elements.canvas);
    const observer = new ResizeObserver(
      () => (this.view = Math.max(0, elements.grid.clientHeight - ROW)),
    );
    observer.observe(elements.grid);
    untrack(() => (this.#viewer.onReveal = (address) => this.#reveal(address)));
    return () => {
      observer.disconnect();
      clearTimeout(this.#still);
      this.#elements = undefined;
    };
  }

  /** Returns the address of a byte by its position among those that are seen. */
  addressOf(at: number): number {
    const { columns, folds, size } = this.#viewer;
    const line = this.#scroll.row + Math.floor(at / columns);
    return Math.min(size - 1, folds.at(line).first * columns + (at % columns));
  }

  /** Handles a movement of the element that scrolls. */
  scrolled(): void {
    if (!this.#elements) return;
    if (this.#scroll.scrolled(this.#elements.grid.scrollTop)) this.#settle();
    this.#moved++;
    clearTimeout(this.#still);
    this.#still = setTimeout(() => this.#rest(), STILL);
  }

  /** Takes newly known folds. During scrolling the lines stay as they are. */
  #foldWhenKnown(): void {
    const viewer = this.#viewer;
    void [viewer.folding.version, viewer.columns, this.rows];
    untrack(() => {
      const laid = this.#laid;
      const isOther = laid?.columns !== viewer.columns || laid.folds.rows !== this.rows;
      if (this.#still === undefined || isOther) viewer.refold();
    });
  }

  #learnFolds(): void {
    const viewer = this.#viewer;
    void viewer.live.version;
    untrack(() => viewer.folding.see(viewer.live.pieces));
  }

  /** Lays the rows out for the number of lines and the height of the view. */
  #layOut(): void {
    const { folds, columns, group } = this.#viewer;
    void [folds, this.view];
    this.#lines?.layout(this.seen, columns, group);
    this.#written = undefined;
    untrack(() => {
      this.#lay();
      this.#settle();
    });
  }

  /**
   * Scrolls to the cursor when the grid is first shown, and again if the length of a row has
   * changed.
   */
  #showCursor(): void {
    const { columns } = this.#viewer;
    if (columns === this.#shown || this.rows === 0 || this.view === 0) return;
    this.#shown = columns;
    untrack(() => this.#reveal(this.#viewer.cursor));
  }

  /**
   * Asks for the bytes that are seen. They are painted now, as far as they are known, and with
   * every reply.
   */
  #askForSeen(): void {
    void [this.#moved, this.#viewer.folds, this.seen];
    untrack(() => this.#want());
  }

  /** Depends on everything that changes how a byte looks. */
  #askToPaint(): void {
    const { folds, live, cursor, anchor, half } = this.#viewer;
    void [this.#moved, folds, this.seen, this.cells, live.version, cursor, anchor, half];
    void [this.#lines, this.#inputs.focused, this.#inputs.theme];
    if (this.#asked === 0) this.#asked = requestAnimationFrame(() => this.#paint());
  }

  /**
   * Takes the lines as they are now. The row of the cursor keeps its place on the screen if it is
   * seen, otherwise the top row does.
   */
  #lay(): void {
    const { folds, columns, cursor } = this.#viewer;
    const [scroll, old] = [this.#scroll, this.#laid];
    const top = scroll.top;
    this.#laid = { folds, columns };
    if (old?.folds === folds) return scroll.resize(folds.lines, this.view);
    const lineOf = (address: number) => old?.folds.lineOf(Math.floor(address / old.columns)) ?? 0;
    const isSeen = lineOf(cursor) >= scroll.row && lineOf(cursor) < scroll.row + this.seen - 1;
    const kept = isSeen ? cursor : (old?.folds.at(scroll.row).first ?? 0) * (old?.columns ?? 0);
    scroll.resize(folds.lines, this.view);
    if (old) scroll.goTo(folds.lineOf(Math.floor(kept / columns)), top - lineOf(kept) * ROW);
  }

  #want(): void {
    const { viewer, line } = { viewer: this.#viewer, line: this.#scroll.row };
    this.#way = line === this.#before ? this.#way : line > this.#before ? 1 : -1;
    this.#before = line;
    const ranges = (from: number, count: number) =>
      viewer.folds.shown(from, count).map(({ first, end }) => ({
        from: first * viewer.columns,
        to: Math.min(viewer.size, end * viewer.columns),
      }));
    const isStill = this.#still === undefined;
    // Folds split these lines into many small ranges, so fewer lines are read.
    const many = viewer.folding.on ? this.seen : MARGIN;
    const ahead = viewer.folding.on || isStill ? many : AHEAD;
    const [up, down] = [this.#way < 0 ? ahead : many, this.#way > 0 ? ahead : many];
    const near = ranges(line - up, up + this.seen + down);
    // The next screen is read too: once it is seen, it is too late to ask for it.
    const next = isStill ? 0 : this.seen;
    viewer.live.want(ranges(this.#way < 0 ? line - next : line, this.seen + next), near);
    viewer.folding.look(near);
  }

  #frame(): Frame {
    const viewer = this.#viewer;
    const now = performance.now();
    return {
      line: this.#scroll.row,
      folds: viewer.folds,
      size: viewer.size,
      columns: viewer.columns,
      group: viewer.group,
      cursor: viewer.cursor,
      selection: viewer.selection,
      half: viewer.half,
      address: (of) => formatAddress(of, viewer.size),
      byte: (address) => viewer.live.byte(address),
      heat: (address) => viewer.live.heat(address, now),
    };
  }

  #paint(): void {
    this.#asked = 0;
    const [elements, lines, picture] = [this.#elements, this.#lines, this.#picture];
    if (!elements?.body.isConnected || !lines || !picture) return;
    const { grid, body, canvas } = elements;
    const now = this.#frame();
    const characters = 13 + this.cells * (2 * now.group + 1) + now.columns;
    this.character = picture.layout({
      width: grid.clientWidth,
      characters,
      rows: this.seen,
      row: ROW,
    });
    picture.paint(now, this.seen, grid.scrollLeft, this.#inputs.focused);
    body.style.transform = canvas.style.transform = `translateY(${-(this.#scroll.top % ROW)}px)`;
    this.#write(now, lines, grid);
  }

  /** Writes the rows: at once if other rows are seen or selected, otherwise at most every `LAG`. */
  #write(now: Frame, to: Rows, grid: HTMLElement): void {
    const { line, folds, size, columns, group, cursor, selection, half } = now;
    const as = [line, folds, size, columns, group, cursor, ...selection, half];
    const at = performance.now();
    const last = this.#written;
    const isNew = !last?.whole || as.some((value, index) => value !== last.as[index]);
    if (!isNew && last && at - last.at < LAG) return;
    this.#written = { at, as, whole: this.#viewer.live.covered };
    to.write(now);
    const active = size > 0 ? to.cellId(cursor, now) : null;
    if (active === null) grid.removeAttribute('aria-activedescendant');
    else grid.setAttribute('aria-activedescendant', active);
  }

  #rest(): void {
    this.#still = undefined;
    // A movement whose event has yet to arrive would be undone if the scrollbar was set now.
    if (this.#elements && Math.abs(this.#elements.grid.scrollTop - this.#scroll.bar) >= 1)
      this.scrolled();
    if (this.#still !== undefined) return;
    this.#viewer.refold();
    this.#settle();
  }

  /** Sets the scrollbar to its place. */
  #settle(): void {
    const to = this.#scroll.settle();
    const grid = this.#elements?.grid;
    if (grid && Math.abs(grid.scrollTop - to) >= 1) {
      grid.scrollTop = to;
      // If there are more lines than before, the element that scrolls may not be as tall yet.
      if (Math.abs(grid.scrollTop - to) >= 1)
        void tick().then(() => this.#scroll.bar === to && (grid.scrollTop = to));
    }
    this.#moved++;
  }

  #reveal(address: number): void {
    this.#lay();
    const row = this.#viewer.folds.lineOf(Math.floor(address / this.#viewer.columns));
    // A far jump shows a few rows before the address; a near one moves as little as possible.
    const near = Math.abs(row - this.#scroll.row) < 3 * this.seen;
    if (near) this.#scroll.reveal(row);
    else this.#scroll.goTo(Math.max(0, row - Math.floor(this.seen / 3)));
    this.#settle();
  }
}
