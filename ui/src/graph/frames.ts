/** The milliseconds after an event by which all its movement has ended. */
const STILL = 1000;

/**
 * Hands out animation frames to the graph. eframe asks for one after the other, even if nothing
 * changes, and each makes the browser compose the whole page. So a request waits while nothing
 * happens that the graph could show.
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

  /** Requests a frame, as `requestAnimationFrame` does. */
  request(callback: FrameRequestCallback): number {
    const id = ++this.#last;
    if (performance.now() < this.#until) this.#ask(id, callback);
    else this.#waiting.set(id, callback);
    return id;
  }

  /** Cancels a frame, as `cancelAnimationFrame` does. */
  cancel(id: number): void {
    this.#waiting.delete(id);
    const asked = this.#asked.get(id);
    if (asked !== undefined) cancelAnimationFrame(asked);
    this.#asked.delete(id);
  }

  /** Hands out frames for a while, because an event has happened. */
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

/** The frames of every graph of the page. */
export const frames = new Frames();
