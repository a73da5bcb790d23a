/**
 * Tells this page's own changes, which the workbench reports to every page, from those of other
 * pages. While own changes are on their way, a report is older than the value that is shown. To
 * take it would undo the changes.
 */
export class Echoes<T> {
  #sent = 0;
  #answered = 0;
  #told: T[] = [];

  /** Notes that a change is sent. */
  begin(): void {
    this.#sent++;
  }

  /** Takes a report. Returns the value to show, or null if own changes are on their way. */
  hear(value: T): T | null {
    if (this.#sent === 0) return value;
    this.#told.push(value);
    return null;
  }

  /**
   * Notes that a change was confirmed. After the last one it returns the value that another page
   * has set meanwhile, or null.
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
