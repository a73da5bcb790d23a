/**
 * Keeps replies behind the events that were sent before them. The window's IPC carries the two on
 * ways of their own and promises no order between them; a page that takes a reply first would go on
 * with what it knew before.
 */
export class InStep {
  #heard = 0;
  #waiting: { events: number; go: () => void }[] = [];

  /** One more event was taken. */
  hear(): void {
    this.#heard++;
    const ready = this.#waiting.filter(({ events }) => events <= this.#heard);
    this.#waiting = this.#waiting.filter(({ events }) => events > this.#heard);
    for (const { go } of ready) go();
  }

  /** Resolves when as many events were taken. */
  after(events: number): Promise<void> {
    if (events <= this.#heard) return Promise.resolve();
    return new Promise((go) => this.#waiting.push({ events, go }));
  }
}
