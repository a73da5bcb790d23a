import { ConnectionError, RequestError } from '../platform/errors.ts';
import type { Bytes } from '../platform/platform.ts';
import { PAGE, type MemoryAccess } from './access.ts';
import { Freshness } from './fresh.ts';

/** Milliseconds between two looks at the memory: some 11 a second. */
const PERIOD = 90;

/** Bytes that are read around those that are seen, so that a turn of the wheel finds them there. */
const MARGIN = 2048;

/** What a change is counted from. */
export type Since = 'refresh' | 'call' | 'mark';

/**
 * The bytes that are seen, read again and again. One question is on its way at a time, so that nothing piles up where
 * the answers are slow.
 */
export class Live {
  /** Of the memory, as the last answer told. */
  pages = $state(0);
  /** Which instance that was; 0 before the first answer. */
  generation = $state(0);
  /** Grows with every answer: who shows bytes depends on it. */
  version = $state(0);
  /** Why there are no bytes now. */
  trouble = $state<string | null>(null);
  readonly fresh = new Freshness();

  since: Since = 'refresh';
  #from = 0;
  #bytes: Bytes = new Uint8Array();
  #differs: Uint8Array = new Uint8Array();
  #wanted = { from: 0, to: 0 };
  #run = {};
  #wake: () => void = () => undefined;

  get size(): number {
    return this.pages * PAGE;
  }

  /** A byte; none where it was not read yet. */
  byte(address: number): number | undefined {
    return this.#bytes[address - this.#from];
  }

  /** The bytes from an address on that have been read, at most so many; none where the first has not. */
  bytes(address: number, length: number): Bytes | null {
    const at = address - this.#from;
    return at < 0 || at >= this.#bytes.length ? null : this.#bytes.slice(at, at + length);
  }

  /** How much a byte is coloured: 3 a change of this moment, 1 one that fades, 0 none. */
  heat(address: number, now: number): 0 | 1 | 2 | 3 {
    if (this.since === 'refresh') return this.fresh.heat(address, now);
    return this.#differs[address - this.#from] ? 3 : 0;
  }

  /** What comes next is of another memory. */
  forget(): void {
    this.pages = 0;
    this.generation = 0;
    this.#bytes = new Uint8Array();
    this.#differs = new Uint8Array();
    this.fresh.clear();
    this.version++;
  }

  /** Names the bytes that are seen. */
  want(from: number, to: number): void {
    this.#wanted = { from, to };
    if (!this.#covered()) this.hurry();
  }

  /** Reads again without waiting. */
  hurry(): void {
    this.#wake();
  }

  /** Reads until what it gives is called. */
  start(access: MemoryAccess): () => void {
    const run = {};
    this.#run = run;
    void this.#loop(access, () => this.#run === run);
    return () => {
      if (this.#run === run) this.#run = {};
      this.hurry();
    };
  }

  async #loop(access: MemoryAccess, goesOn: () => boolean): Promise<void> {
    while (goesOn()) {
      const next = performance.now() + PERIOD;
      try {
        await this.#look(access, goesOn);
      } catch (error) {
        if (!goesOn()) return;
        this.#fail(error);
        await this.#pause(PERIOD);
        continue;
      }
      if (goesOn() && this.#covered()) await this.#pause(next - performance.now());
    }
  }

  async #look(access: MemoryAccess, goesOn: () => boolean): Promise<void> {
    const from = Math.max(0, this.#wanted.from - MARGIN);
    // Before the first answer the size is not known; it comes with any answer, also to a question for nothing.
    const end = Math.min(this.#wanted.to + MARGIN, this.size);
    const length = Math.max(0, end - from);
    const since = this.since;
    const answer = await access.read(length === 0 ? 0 : from, length);
    const differs = await this.#compare(access, since, from, answer.bytes.length);
    if (!goesOn()) return;
    if (answer.generation !== this.generation) this.fresh.clear();
    this.generation = answer.generation;
    this.pages = answer.pages;
    this.#from = from;
    this.#bytes = answer.bytes;
    this.#differs = differs;
    this.fresh.see(from, answer.bytes, performance.now());
    this.trouble = null;
    this.version++;
  }

  async #compare(access: MemoryAccess, since: Since, from: number, length: number): Promise<Uint8Array> {
    const differs = new Uint8Array(length);
    if (since === 'refresh' || length === 0) return differs;
    const { ranges } = await access.compare(since, from, length);
    for (const range of ranges) differs.fill(1, range.offset - from, range.offset - from + range.length);
    return differs;
  }

  #fail(error: unknown): void {
    // A lost connection has its own banner, and the question is asked again when it is back.
    if (error instanceof ConnectionError) return;
    // The memory is another one, and smaller: how large it is comes with the answer to a question for nothing.
    if (error instanceof RequestError && error.wire.code === 'out_of_bounds') this.pages = 0;
    this.trouble = error instanceof Error ? error.message : String(error);
    this.version++;
  }

  #covered(): boolean {
    const to = Math.min(this.#wanted.to, this.size);
    return this.size > 0
      ? this.#wanted.from >= this.#from && to <= this.#from + this.#bytes.length
      : this.generation > 0;
  }

  #pause(time: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, time);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
