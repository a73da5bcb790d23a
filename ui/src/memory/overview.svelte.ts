// All of a memory at a glance: what is used, and what changed.

import type { MemoryAccess } from './access.ts';
import { paced } from './pace.ts';
import { partsOf, type Part } from './strip.ts';

/** Parts that the strip shows. */
const PARTS = 256;

/**
 * Milliseconds between two passes, at least; a pass that took long is followed by ten times as
 * much.
 */
const REST = 1000;

/**
 * Where all of a memory has data and where it has changed since the mark, or since it was first
 * looked at.
 */
export class Overview {
  parts: readonly Part[] = $state.raw([]);
  /** Bytes of a part. */
  bucket = $state(0);
  #now: bigint[] = [];
  #before: bigint[] | null = null;

  /** Counts changes from what the last pass saw. */
  mark(): void {
    this.#before = this.#now;
    this.#show(this.#now);
  }

  /**
   * Goes through the memory of so many bytes again and again, until what it gives is called; slowly
   * while a guest runs.
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
        // What is wrong with the instance is said where its bytes are shown; this tries again.
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

  /** Forgets what another instance had. */
  clear(): void {
    this.#now = [];
    this.#before = null;
    this.parts = [];
  }
}
