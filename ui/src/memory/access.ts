// A memory of an instance, through the workbench's methods.

import type { Client } from '../client.ts';
import type { Bytes } from '../platform/platform.ts';
import {
  MOST_BYTES,
  MOST_FOUND,
  type InInstance,
  type MemoryPiece,
  type MemoryWritten,
  type SnapshotKind,
} from '../protocol.ts';

/** The most bytes of a difference that are shown before and after. */
const TOLD = 8;

/** A run of bytes that have changed. */
export interface Difference {
  offset: number;
  length: number;
  /** The first of these bytes, before and now. */
  before: Bytes;
  now: Bytes;
}

/** A listener for progress, in bytes. It returns whether to continue. */
export type Progress = (done: number) => boolean;

/** One memory of one tab. Addresses are numbers here: 2^53 bytes are more than any memory has. */
export class MemoryAccess {
  readonly #client: Client;
  readonly #which: { tab: number; memory: string };

  constructor(client: Client, tab: number, memory: string) {
    this.#client = client;
    this.#which = { tab, memory };
  }

  /** Reads at most 1 MiB. */
  async read(at: number, length: number): Promise<InInstance<MemoryPiece> & { bytes: Bytes }> {
    const { reply, bytes } = await this.#client['memory.read']({
      ...this.#which,
      offset: String(at),
      length,
    });
    return { ...reply, bytes };
  }

  /** Reads any number of bytes, piece by piece. Returns null if `progress` stopped it. */
  async readAll(
    at: number,
    length: number,
    progress: Progress = () => true,
  ): Promise<Bytes | null> {
    const all = new Uint8Array(length);
    for (let done = 0; done < length; done += MOST_BYTES) {
      if (!progress(done)) return null;
      const { bytes } = await this.read(at + done, Math.min(MOST_BYTES, length - done));
      all.set(bytes, done);
    }
    return all;
  }

  /**
   * Writes any number of bytes, piece by piece. Returns null if `progress` stopped it, in which
   * case the first pieces are written.
   */
  async write(
    at: number,
    bytes: Bytes,
    progress: Progress = () => true,
  ): Promise<MemoryWritten | null> {
    let written: MemoryWritten | null = null;
    for (let done = 0; done < bytes.length; done += MOST_BYTES) {
      if (!progress(done)) return null;
      const piece = bytes.subarray(done, done + MOST_BYTES);
      written = await this.#client['memory.write'](
        { ...this.#which, offset: String(at + done) },
        piece,
      );
    }
    return written;
  }

  /** Fills a range with bytes that are repeated. */
  fill(at: number, length: number, bytes: Bytes): Promise<MemoryWritten> {
    return this.#client['memory.fill'](
      { ...this.#which, offset: String(at), length: String(length) },
      bytes,
    );
  }

  grow(by: number): Promise<MemoryPiece> {
    return this.#client['memory.grow']({ ...this.#which, by });
  }

  /**
   * Searches a part of `start` to `end` for bytes. Returns the first address that matches, or the
   * address to continue from, or null at the end.
   */
  async search(
    wanted: Bytes,
    start: number,
    end: number,
    backwards: boolean,
  ): Promise<{ found: number } | { next: number } | null> {
    const range = { start: String(start), end: String(end), backwards, most: 1 };
    const { found, next } = await this.#client['memory.search'](
      { ...this.#which, ...range },
      wanted,
    );
    if (found[0] !== undefined) return { found: Number(found[0]) };
    return next === null ? null : { next: Number(next) };
  }

  /**
   * Reads a hash for each bucket from `offset` on, as many as one reply has. The hash of a bucket
   * of zeros is 0.
   */
  async overview(offset: number, bucket: number, most: number): Promise<bigint[]> {
    const asked = { ...this.#which, offset: String(offset), bucket: String(bucket), most };
    const { bytes } = await this.#client['memory.overview'](asked);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return Array.from({ length: bytes.length / 8 }, (_, index) =>
      view.getBigUint64(index * 8, true),
    );
  }

  async snapshot(kind: SnapshotKind): Promise<void> {
    await this.#client['memory.snapshot']({ ...this.#which, kind });
  }

  /** Finds runs of bytes that differ from a snapshot, and the address to continue from. */
  async compare(
    kind: SnapshotKind,
    offset: number,
    length: number,
    most = MOST_FOUND,
  ): Promise<{ ranges: Difference[]; next: number | null }> {
    const asked = { ...this.#which, kind, offset: String(offset), length: String(length), most };
    const { reply, bytes } = await this.#client['memory.compare'](asked);
    const ranges = reply.ranges.map((range, index) => {
      const length = Number(range.length);
      const told = (at: number) =>
        bytes.subarray(index * 2 * TOLD + at, index * 2 * TOLD + at + Math.min(length, TOLD));
      return { offset: Number(range.offset), length, before: told(0), now: told(TOLD) };
    });
    return { ranges, next: reply.next === null ? null : Number(reply.next) };
  }

  async segments() {
    return this.#client['memory.segments'](this.#which);
  }
}
