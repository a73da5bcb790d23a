import { describe, expect, it } from 'vitest';
import { formatTick, formatTime } from './time.ts';

describe('formatTime', () => {
  it.each([
    [0, '0 ns'],
    [0.000_001, '1.00 ns'],
    [0.000_999_4, '999 ns'],
    [0.000_999_9, '1.00 µs'],
    [0.0042, '4.20 µs'],
    [0.099_96, '100 µs'],
    [0.9996, '1.00 ms'],
    [1, '1.00 ms'],
    [41.26, '41.3 ms'],
    [999.4, '999 ms'],
    [999.6, '1.00 s'],
    [14_500, '14.5 s'],
  ])('%d ms is %s', (milliseconds, text) => expect(formatTime(milliseconds)).toBe(text));
});

describe('formatTick', () => {
  it.each([
    [0, '0'],
    [0.000_01, '10 ns'],
    [0.05, '50 µs'],
    [2.5, '2.5 ms'],
    [0.30000000000000004, '300 µs'],
    [2000, '2 s'],
  ])('%d ms is %s', (milliseconds, text) => expect(formatTick(milliseconds)).toBe(text));
});
