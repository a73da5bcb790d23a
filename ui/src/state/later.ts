/** Milliseconds after the last of several values before it is passed on. */
const PAUSE = 200;

/**
 * Passes on the last of several values that come quickly one after the other. Until it has, its
 * `flush` is in a list of what is still to be done, for whoever needs all of it done now.
 */
export class Later<T> {
  readonly #give: (value: T) => void;
  readonly #undone: Set<() => void>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #value: { given: T } | null = null;

  constructor(give: (value: T) => void, undone: Set<() => void>) {
    this.#give = give;
    this.#undone = undone;
  }

  /** Whether a value has not been passed on yet. */
  get waits(): boolean {
    return this.#value !== null;
  }

  set(value: T): void {
    this.#value = { given: value };
    this.#undone.add(this.flush);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.flush, PAUSE);
  }

  /** Lets go of what waits: whoever would take it is gone. */
  readonly drop = (): void => {
    clearTimeout(this.#timer);
    this.#undone.delete(this.flush);
    this.#value = null;
  };

  /** Passes on what waits, where something does. */
  readonly flush = (): void => {
    clearTimeout(this.#timer);
    this.#undone.delete(this.flush);
    const value = this.#value;
    this.#value = null;
    if (value) this.#give(value.given);
  };
}
