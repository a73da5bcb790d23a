/**
 * Tells one's own changes, as the workbench tells everybody of them, from those of somebody else.
 * While own ones are on their way, what is told is older than what is shown: to take it would undo
 * what was changed meanwhile.
 */
export class Echoes<T> {
  #sent = 0;
  #answered = 0;
  #told: T[] = [];

  /** A change is sent. */
  begin(): void {
    this.#sent++;
  }

  /** Something was told; what is to be shown of it now, or null. */
  hear(value: T): T | null {
    if (this.#sent === 0) return value;
    this.#told.push(value);
    return null;
  }

  /**
   * A change was answered. When it was the last, what somebody else has made of it meanwhile, or
   * null.
   */
  end(): T | null {
    if (++this.#answered < this.#sent) return null;
    const more = this.#told.length > this.#sent ? (this.#told.at(-1) ?? null) : null;
    this.#sent = 0;
    this.#answered = 0;
    this.#told = [];
    return more;
  }
}
