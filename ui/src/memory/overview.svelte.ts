// All of a memory at a glance: the parts that are used and the parts that have changed.

import type { MemoryAccess } from './access.ts';
import { paced } from './pace.ts';
import { partsOf, type Part } from './strip.ts';

/** The number of parts in the strip. */
const PARTS = 256;

/**
 * The least milliseconds between two passes. A pass that took long is followed by a rest ten times
 * as long.
 */
const REST = 1000;

/**
 * The parts of a memory that have data, and those that have changed since the mark or since the
 * first pass.
 */
export class Overview {
  parts: readonly Part[] = $state.raw([]);
  /** The size of a part, in bytes. */
  bucket = $state(0);
  #now: bigint[] = [];
  #before: bigint[] | null = null;

  /** Counts changes from the last pass on. */
  mark(): void {
    this.#before = this.#now;
    this.#show(this.#now);
  }

  /**
   * Reads the overview again and again until the function that it returns is called, slowly while a
   * guest runs.
   */
  start(access: MemoryAccess, size: number, guestRuns: () => boolean): () => void {
    const bucket = Math.ceil(size / PARTS);
    if (bucket !== this.bucket) this.#before = null;
    this.bucket = bucket;
    let goesOn = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const pass = async (): Promise<void> => {
      const began = performance.now();
      try {
        const hashes: bigint[] = [];
        while (goesOn && hashes.length < PARTS && bucket > 0 && hashes.length * bucket < size) {
          const ask = () => access.overview(hashes.length * bucket, bucket, PARTS - hashes.length);
          const more = await paced(ask, guestRuns);
          if (more.length === 0) break;
          hashes.push(...more);
          if (goesOn && this.#now.length > hashes.length)
            this.#show([...hashes, ...this.#now.slice(hashes.length)]);
        }
        if (!goesOn) return;
        this.#now = hashes;
        this.#before ??= hashes;
        this.#show(hashes);
      } catch {
        // The grid shows the error of the instance. This only tries again.
      }
      if (goesOn) timer = setTimeout(pass, Math.max(REST, 10 * (performance.now() - began)));
    };
    void pass();
    return () => {
      goesOn = false;
      clearTimeout(timer);
    };
  }

  #show(hashes: readonly bigint[]): void {
    this.parts = partsOf(hashes, this.#before);
  }

  /** Forgets the parts of another instance. */
  clear(): void {
    this.#now = [];
    this.#before = null;
    this.parts = [];
  }
}
