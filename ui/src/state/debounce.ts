/** The milliseconds after the last of several values before it is passed on. */
const PAUSE = 200;

/**
 * Passes on only the last of several values in quick succession. Until then its `flush` is in a set
 * of pending work, so that all of it can be done at once.
 */
export class Debounce<T> {
  readonly #give: (value: T) => void;
  readonly #undone: Set<() => void>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #value: { given: T } | null = null;

  constructor(give: (value: T) => void, undone: Set<() => void>) {
    this.#give = give;
    this.#undone = undone;
  }

  /** True if a value has not been passed on yet. */
  get waits(): boolean {
    return this.#value !== null;
  }

  set(value: T): void {
    this.#value = { given: value };
    this.#undone.add(this.flush);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.flush, PAUSE);
  }

  /** Drops the pending value, because its receiver is gone. */
  readonly drop = (): void => {
    clearTimeout(this.#timer);
    this.#undone.delete(this.flush);
    this.#value = null;
  };

  /** Passes on the pending value, if there is one. */
  readonly flush = (): void => {
    clearTimeout(this.#timer);
    this.#undone.delete(this.flush);
    const value = this.#value;
    this.#value = null;
    if (value) this.#give(value.given);
  };
}
