import { describe, expect, it } from 'vitest';
import { join, Pieces } from './pieces.ts';

describe('bytes of several places', () => {
  const pieces = new Pieces([
    { from: 10, bytes: Uint8Array.of(1, 2, 3) },
    { from: 50, bytes: Uint8Array.of(4, 5) },
  ]);

  it('are found by their address', () => {
    expect([9, 10, 12, 13, 51, 10].map((at) => pieces.at(at)?.from)).toEqual([
      undefined,
      10,
      10,
      undefined,
      50,
      10,
    ]);
  });

  it('cover a range where one place has all of it', () => {
    expect(pieces.cover({ from: 11, to: 13 })).toBe(true);
    expect(pieces.cover({ from: 11, to: 14 })).toBe(false);
    expect(pieces.cover({ from: 99, to: 99 })).toBe(true);
  });

  it('are asked for together where little lies between them', () => {
    const ranges = [
      { from: 0, to: 16 },
      { from: 20, to: 32 },
      { from: 99, to: 99 },
      { from: 100, to: 132 },
    ];
    expect(join(ranges, 10)).toEqual([
      { from: 0, to: 32 },
      { from: 100, to: 132 },
    ]);
  });
});
