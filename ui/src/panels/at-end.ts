// Scrolling in a list that grows at its end.

/** Pixels from the end within which what is new is followed. */
const NEAR = 24;

/**
 * Keeps a list at its end while it grows, until somebody scrolls away from there. The dock takes a
 * panel that is not in front out of the document, and the browser then forgets how far it was
 * scrolled: a list that is shown again is put where it was.
 */
export class AtEnd {
  #list: HTMLElement | null = null;
  #follows = true;
  #top = 0;

  /** For `{@attach}`: the element that scrolls. */
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

  /** Goes to the end, or back to where somebody scrolled to: after the list has grown. */
  settle(): void {
    if (!this.#list || this.#list.clientHeight === 0) return;
    this.#list.scrollTop = this.#follows ? this.#list.scrollHeight : this.#top;
  }

  #scrolled(list: HTMLElement): void {
    if (list.clientHeight === 0) return;
    this.#top = list.scrollTop;
    this.#follows = this.#top + list.clientHeight >= list.scrollHeight - NEAR;
  }
}
