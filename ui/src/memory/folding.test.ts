import { afterEach, describe, expect, it, vi } from 'vitest';
import type { MemoryAccess } from './access.ts';
import { Folding } from './folding.svelte.ts';
import { BLOCK } from './same.ts';

const ROWS = BLOCK / 16;

/** A memory of four blocks that records the requests for it. */
function memory() {
  const bytes = new Uint8Array(4 * BLOCK);
  const read: number[] = [];
  const access = {
    overview: (offset: number, bucket: number, most: number) =>
      Promise.resolve(
        Array.from({ length: most }, (_, index) => {
          const part = bytes.subarray(offset + index * bucket, offset + (index + 1) * bucket);
          return part.reduce((sum, byte, at) => sum + BigInt(byte * (at + 1)), 0n);
        }),
      ),
    read: (at: number, length: number) => {
      read.push(at / BLOCK);
      return Promise.resolve({ bytes: bytes.slice(at, at + length) });
    },
  } as unknown as MemoryAccess;
  return { bytes, read, access };
}

/** The hidden rows, run by run. */
const hidden = (folding: Folding) => {
  const folds = folding.of(4 * ROWS, 16);
  const lines = Array.from({ length: Math.min(folds.lines, 100) }, (_, line) => folds.at(line));
  return lines.filter(({ folded }) => folded).map(({ first, end }) => [first, end]);
};

let stop = () => {};
afterEach(() => stop());

describe('folding', () => {
  it('knows all of a memory soon, and reads only what is not zero', async () => {
    const { bytes, read, access } = memory();
    bytes[BLOCK + 160] = 1;
    const folding = new Folding();
    folding.toggle();
    stop = folding.start(access, bytes.length, () => false);
    await vi.waitFor(() =>
      expect(hidden(folding)).toEqual([
        [1, ROWS + 10],
        [ROWS + 12, 4 * ROWS],
      ]),
    );
    expect(read).toEqual([1]);
  });

  it('looks again at once where bytes are seen that are others', async () => {
    const { bytes, access } = memory();
    const folding = new Folding();
    folding.toggle();
    stop = folding.start(access, bytes.length, () => false);
    await vi.waitFor(() => expect(hidden(folding)).toEqual([[1, 4 * ROWS]]));
    bytes[3200] = 7;
    folding.look([{ from: 3200, to: 3216 }]);
    folding.see([{ from: 3200, bytes: bytes.slice(3200, 3216) }]);
    await vi.waitFor(
      () =>
        expect(hidden(folding)).toEqual([
          [1, 200],
          [202, 4 * ROWS],
        ]),
      // A pass is made only once a second.
      { timeout: 500 },
    );
  });

  it('shows what somebody opens or goes to, and nothing of it when that is closed', async () => {
    const { bytes, access } = memory();
    const folding = new Folding();
    folding.toggle();
    stop = folding.start(access, bytes.length, () => false);
    await vi.waitFor(() => expect(hidden(folding)).toEqual([[1, 4 * ROWS]]));
    folding.showAround(BLOCK);
    expect(hidden(folding)).toEqual([
      [1, ROWS - 8],
      [ROWS + 8, 4 * ROWS],
    ]);
    expect(folding.hide(BLOCK + 16)).toBe(true);
    expect(folding.hide(BLOCK + 16)).toBe(false);
    expect(hidden(folding)).toEqual([[1, 4 * ROWS]]);
    folding.toggle();
    expect(hidden(folding)).toEqual([]);
  });

  it('knows nothing of another instance', async () => {
    const { bytes, access } = memory();
    const folding = new Folding();
    folding.toggle();
    stop = folding.start(access, bytes.length, () => false);
    await vi.waitFor(() => expect(hidden(folding)).toHaveLength(1));
    folding.clear();
    expect(hidden(folding)).toEqual([]);
    await vi.waitFor(() => expect(hidden(folding)).toHaveLength(1));
  });
});
