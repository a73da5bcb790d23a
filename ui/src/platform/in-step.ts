/**
 * Keeps replies behind the events that were sent before them. The window's IPC carries the two in
 * separate ways and promises no order between them. A page that takes a reply first would go on
 * with an outdated state.
 */
export class InStep {
  #heard = 0;
  #waiting: { events: number; go: () => void }[] = [];

  /** Counts an event that was taken. */
  hear(): void {
    this.#heard++;
    const ready = this.#waiting.filter(({ events }) => events <= this.#heard);
    this.#waiting = this.#waiting.filter(({ events }) => events > this.#heard);
    for (const { go } of ready) go();
  }

  /** Resolves once so many events were taken. */
  after(events: number): Promise<void> {
    if (events <= this.#heard) return Promise.resolve();
    return new Promise((go) => this.#waiting.push({ events, go }));
  }
}
