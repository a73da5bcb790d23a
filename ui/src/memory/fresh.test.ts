import { describe, expect, it } from 'vitest';
import { Freshness } from './fresh.ts';

describe('bytes that change', () => {
  it('are fresh, fade, and are forgotten', () => {
    const fresh = new Freshness();
    fresh.see([{ from: 100, bytes: Uint8Array.of(1, 2, 3, 4) }], 1000);
    expect(fresh.heat(101, 1000)).toBe(0);
    fresh.see([{ from: 100, bytes: Uint8Array.of(1, 9, 3, 4) }], 1100);
    expect([100, 101, 102].map((at) => fresh.heat(at, 1100))).toEqual([0, 3, 0]);
    expect([1400, 1900, 2700].map((now) => fresh.heat(101, now))).toEqual([2, 1, 0]);
  });

  it('are the same bytes after the rows were scrolled', () => {
    const fresh = new Freshness();
    fresh.see([{ from: 100, bytes: Uint8Array.of(1, 2, 3, 4) }], 1000);
    fresh.see([{ from: 102, bytes: Uint8Array.of(3, 5, 6, 7) }], 1100);
    // A byte that came into view has not changed.
    expect([102, 103, 104, 105].map((at) => fresh.heat(at, 1100))).toEqual([0, 3, 0, 0]);
    expect(fresh.next(102, 1100)).toBe(103);
    expect(fresh.next(103, 1100)).toBe(103);
    expect(fresh.next(9, 9000)).toBeNull();
    fresh.clear();
    expect(fresh.next(0, 1100)).toBeNull();
  });
});
