/**
 * The height of the tallest element, in CSS pixels. WebKitGTK and Chromium stop at 33,554,428,
 * Firefox at about half of that; 4 GiB in rows of 16 bytes would be more than 5,000,000,000.
 */
export const TALLEST = 16_000_000;

/**
 * The pixels at each end of the scrollbar that stand for the same number of pixels of the content,
 * so that a wheel can reach the ends.
 */
const EDGE = 1_000_000;

/**
 * A movement of up to this many heights of the view counts in pixels. A larger one is a jump of the
 * thumb.
 */
const NEAR = 4;

/**
 * The position of the rows, exact to the pixel anywhere, below a scrollbar that is too short for
 * all of them.
 *
 * Small movements (a wheel, a finger) are taken as they are. For large ones the place of the thumb
 * counts. Once the movement is over, {@link settle} returns the scrollbar's place for the rows that
 * are shown.
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

  /** The height of the content above the view, in pixels. */
  get top(): number {
    return this.#top;
  }

  /** The first row that is seen, in whole or in part. */
  get row(): number {
    return Math.floor(this.#top / this.rowHeight);
  }

  /** The last known place of the scrollbar. */
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

  /** Takes the number of rows and the height of the view in pixels. */
  resize(rows: number, view: number): void {
    this.#rows = rows;
    this.#view = view;
    this.#top = Math.min(this.#top, this.#mostTop);
  }

  /**
   * Takes a new place of the scrollbar. Returns whether the bar is at its end before the rows are,
   * so that it must be settled at once to move on.
   */
  scrolled(to: number): boolean {
    const by = to - this.#last;
    this.#last = to;
    if (this.#total <= TALLEST) this.#top = this.#clamp(to);
    else if (Math.abs(by) <= NEAR * this.#view) this.#top = this.#clamp(this.#top + by);
    else this.#top = this.#clamp(this.#contentAt(to));
    return (to <= 0 && this.#top > 0) || (to >= this.#mostBar && this.#top < this.#mostTop);
  }

  /**
   * Brings a row to the top, or `above` pixels of the row above the top, as near as the end allows.
   */
  goTo(row: number, above = 0): void {
    this.#top = this.#clamp(row * this.rowHeight + above);
  }

  /** Moves as little as needed for all of a row to be seen. */
  reveal(row: number): void {
    const first = row * this.rowHeight;
    const last = first + this.rowHeight - this.#view;
    this.#top = this.#clamp(Math.max(Math.min(this.#top, first), last));
  }

  /** Returns the place of the scrollbar for these rows. The caller moves it there. */
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
    // A jump ends at the top of a row rather than in the middle of one.
    return Math.round(top / this.rowHeight) * this.rowHeight;
  }

  #clamp(top: number): number {
    return Math.max(0, Math.min(this.#mostTop, top));
  }
}
