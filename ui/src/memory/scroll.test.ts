import { describe, expect, it } from 'vitest';
import { RowScroll, TALLEST } from './scroll.ts';

const ROWS = 2 ** 32 / 16;
const VIEW = 400;

function large(): RowScroll {
  const scroll = new RowScroll(20);
  scroll.resize(ROWS, VIEW);
  return scroll;
}

/** Returns the place of the bar after a turn of the wheel without a pause. */
function turned(scroll: RowScroll, bar: number, by: number): number {
  const to = Math.max(0, Math.min(TALLEST - VIEW, bar + by));
  return scroll.scrolled(to) ? scroll.settle() : to;
}

describe('scrolling 4 GiB', () => {
  it('needs no element that is taller than a browser makes', () => {
    expect(large().height).toBe(TALLEST);
  });

  it('is exact by row anywhere', () => {
    const scroll = large();
    for (const row of [
      0,
      1,
      49_999,
      50_000,
      123_456_789,
      ROWS / 2,
      ROWS - 50_020,
      ROWS - 21,
      ROWS - 20,
    ]) {
      scroll.goTo(row);
      expect(scroll.row).toBe(row);
      const bar = scroll.settle();
      // The wheel turns by one row in each direction.
      if (row < ROWS - 20) {
        scroll.scrolled(bar + 20);
        expect(scroll.row).toBe(row + 1);
        scroll.scrolled(bar);
      }
      expect(scroll.row).toBe(row);
    }
  });

  it('reaches both ends by wheel', () => {
    const scroll = large();
    scroll.goTo(60_000);
    let bar = scroll.settle();
    for (let turn = 0; turn < 60_000 / 5 + 1; turn++) bar = turned(scroll, bar, -100);
    expect([scroll.row, scroll.settle()]).toEqual([0, 0]);
    scroll.goTo(ROWS - 60_000);
    bar = scroll.settle();
    for (let turn = 0; turn < 60_000 / 5 + 1; turn++) bar = turned(scroll, bar, 100);
    expect([scroll.row, scroll.settle()]).toEqual([ROWS - 20, TALLEST - VIEW]);
  });

  it('takes the thumb to the same part of the memory, at the border of a row', () => {
    const scroll = large();
    scroll.scrolled((TALLEST - VIEW) / 2);
    expect(Math.abs(scroll.row - ROWS / 2)).toBeLessThan(20);
    expect(scroll.top % 20).toBe(0);
    scroll.scrolled(TALLEST - VIEW);
    expect(scroll.row).toBe(ROWS - 20);
    scroll.scrolled(0);
    expect(scroll.row).toBe(0);
  });

  it('leaves the bar at a place that means the rows that are shown', () => {
    for (let row = 0; row < ROWS - 20; row += 9_999_991) {
      const scroll = large();
      scroll.goTo(row);
      const bar = scroll.settle();
      const other = large();
      other.scrolled(bar);
      // One pixel of the bar is some 17 rows.
      expect(Math.abs(other.row - row)).toBeLessThan(40);
    }
  });
});

describe('scrolling a small memory', () => {
  it('is what the browser does', () => {
    const scroll = new RowScroll(20);
    scroll.resize(4096, VIEW);
    scroll.scrolled(70_000);
    expect([scroll.top, scroll.settle()]).toEqual([70_000, 70_000]);
    scroll.resize(10, VIEW);
    expect(scroll.top).toBe(0);
  });

  it('brings a row into view with the least movement', () => {
    const scroll = new RowScroll(20);
    scroll.resize(4096, VIEW);
    scroll.reveal(100);
    expect(scroll.top).toBe(101 * 20 - VIEW);
    scroll.reveal(90);
    expect(scroll.top).toBe(101 * 20 - VIEW);
    scroll.reveal(5);
    expect(scroll.top).toBe(100);
  });
});
