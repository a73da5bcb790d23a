/**
 * The tallest an element is made, in CSS pixels. WebKitGTK and Chromium stop at 33,554,428, Firefox
 * at about half of that; 4 GiB in rows of 16 bytes would be more than 5,000,000,000.
 */
export const TALLEST = 16_000_000;

/**
 * At both ends this many pixels of the scrollbar are pixels of the content, so that the ends can be
 * reached by wheel.
 */
const EDGE = 1_000_000;

/**
 * Within this many heights of what is seen, a movement is meant in pixels; a larger one is a jump
 * of the thumb.
 */
const NEAR = 4;

/**
 * Where the rows stand, exact to the pixel anywhere, below a scrollbar that is too short for all of
 * them.
 *
 * Small movements (a wheel, a finger) are taken as they are. For large ones the place of the thumb
 * counts. Once nothing moves, {@link settle} gives the place at which the scrollbar belongs for the
 * rows that are shown.
 */
export class RowScroll {
  #rows = 0;
  #view = 0;
  #last = 0;
  #top = 0;
  readonly rowHeight: number;

  constructor(rowHeight: number) {
    this.rowHeight = rowHeight;
  }

  /** Pixels of the content above what is seen. */
  get top(): number {
    return this.#top;
  }

  /** The first row that is seen, all of it or a part. */
  get row(): number {
    return Math.floor(this.#top / this.rowHeight);
  }

  /** Where the scrollbar was last, as far as was told. */
  get bar(): number {
    return this.#last;
  }

  /** The height of the element that scrolls. */
  get height(): number {
    return Math.min(this.#total, TALLEST);
  }

  get #total(): number {
    return this.#rows * this.rowHeight;
  }

  get #mostTop(): number {
    return Math.max(0, this.#total - this.#view);
  }

  get #mostBar(): number {
    return Math.max(0, this.height - this.#view);
  }

  /** Takes how many rows there are and how many pixels are seen of them. */
  resize(rows: number, view: number): void {
    this.#rows = rows;
    this.#view = view;
    this.#top = Math.min(this.#top, this.#mostTop);
  }

  /**
   * The scrollbar was moved to this place. Gives whether it has come to an end before the rows
   * have, so that it must be settled at once to move on.
   */
  scrolled(to: number): boolean {
    const by = to - this.#last;
    this.#last = to;
    if (this.#total <= TALLEST) this.#top = this.#clamp(to);
    else if (Math.abs(by) <= NEAR * this.#view) this.#top = this.#clamp(this.#top + by);
    else this.#top = this.#clamp(this.#contentAt(to));
    return (to <= 0 && this.#top > 0) || (to >= this.#mostBar && this.#top < this.#mostTop);
  }

  /** Brings a row to the top, or so many pixels of it above that, or as near as the end allows. */
  goTo(row: number, above = 0): void {
    this.#top = this.#clamp(row * this.rowHeight + above);
  }

  /** Moves as little as needed for all of a row to be seen. */
  reveal(row: number): void {
    const first = row * this.rowHeight;
    const last = first + this.rowHeight - this.#view;
    this.#top = this.#clamp(Math.max(Math.min(this.#top, first), last));
  }

  /** Where the scrollbar belongs. Whoever asks puts it there. */
  settle(): number {
    this.#last = this.#barAt(this.#top);
    return this.#last;
  }

  #barAt(top: number): number {
    if (this.#total <= TALLEST || top <= EDGE) return top;
    const [mostTop, mostBar] = [this.#mostTop, this.#mostBar];
    if (mostTop - top <= EDGE) return mostBar - (mostTop - top);
    return Math.round(EDGE + ((top - EDGE) / (mostTop - 2 * EDGE)) * (mostBar - 2 * EDGE));
  }

  #contentAt(bar: number): number {
    const [mostTop, mostBar] = [this.#mostTop, this.#mostBar];
    if (bar <= EDGE) return bar;
    if (mostBar - bar <= EDGE) return mostTop - (mostBar - bar);
    const top = EDGE + ((bar - EDGE) / (mostBar - 2 * EDGE)) * (mostTop - 2 * EDGE);
    // Somewhere in the middle of a row would be nowhere anybody meant.
    return Math.round(top / this.rowHeight) * this.rowHeight;
  }

  #clamp(top: number): number {
    return Math.max(0, Math.min(this.#mostTop, top));
  }
}
