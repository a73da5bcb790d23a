// Scrolling in a list that grows at its end.

/** The distance from the end, in pixels, within which the list follows new entries. */
const NEAR = 24;

/**
 * Keeps a list at its end while it grows, until the person scrolls away from there. The dock takes
 * hidden panels out of the document, and the browser then forgets how far they were scrolled. When
 * the list is shown again, it scrolls back to its place.
 */
export class AtEnd {
  #list: HTMLElement | null = null;
  #follows = true;
  #top = 0;
  /** The place that the list was last scrolled to from here. */
  #given = -1;

  /** Watches the element that scrolls, for `{@attach}`. */
  readonly watch = (list: HTMLElement): (() => void) => {
    this.#list = list;
    const scrolled = () => this.#scrolled(list);
    const sized = new ResizeObserver(() => this.settle());
    list.addEventListener('scroll', scrolled, { passive: true });
    sized.observe(list);
    return () => {
      this.#list = null;
      sized.disconnect();
      list.removeEventListener('scroll', scrolled);
    };
  };

  /** True while the list is at its end, and follows new entries. */
  get follows(): boolean {
    return this.#follows;
  }

  /** Scrolls to the end, or back to the person's place, after the list has grown. */
  settle(): void {
    if (!this.#list || this.#list.clientHeight === 0) return;
    this.#list.scrollTop = this.#follows ? this.#list.scrollHeight : this.#top;
    this.#given = this.#list.scrollTop;
  }

  #scrolled(list: HTMLElement): void {
    if (list.clientHeight === 0) return;
    this.#top = list.scrollTop;
    const isAtEnd = this.#top + list.clientHeight >= list.scrollHeight - NEAR;
    // The event comes a frame after the scroll. If the list has grown meanwhile, its old end is not
    // a place that the person went to.
    if (isAtEnd || this.#top !== this.#given) this.#follows = isAtEnd;
  }
}
