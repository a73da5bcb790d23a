/** Milliseconds after which nothing moves any more that an event has begun. */
const STILL = 1000;

/**
 * Hands out animation frames to the graph. eframe asks for one after the other, whether there is
 * something to draw or not, and each has the browser compose the whole page: so it waits while
 * nothing happens that it could show.
 */
export class Frames {
  readonly #still: number;
  #until = 0;
  #last = 0;
  readonly #waiting = new Map<number, FrameRequestCallback>();
  readonly #asked = new Map<number, number>();

  constructor(still = STILL) {
    this.#still = still;
  }

  /** As `requestAnimationFrame`. */
  request(callback: FrameRequestCallback): number {
    const id = ++this.#last;
    if (performance.now() < this.#until) this.#ask(id, callback);
    else this.#waiting.set(id, callback);
    return id;
  }

  /** As `cancelAnimationFrame`. */
  cancel(id: number): void {
    this.#waiting.delete(id);
    const asked = this.#asked.get(id);
    if (asked !== undefined) cancelAnimationFrame(asked);
    this.#asked.delete(id);
  }

  /** Something happens: there are frames for a while. */
  wake(): void {
    this.#until = performance.now() + this.#still;
    for (const [id, callback] of this.#waiting) this.#ask(id, callback);
    this.#waiting.clear();
  }

  #ask(id: number, callback: FrameRequestCallback): void {
    const asked = requestAnimationFrame((time) => {
      this.#asked.delete(id);
      callback(time);
    });
    this.#asked.set(id, asked);
  }
}

/** Those of every graph of the page. */
export const frames = new Frames();
