import { describe, expect, it } from 'vitest';
import { formatBytes } from './size.ts';
import { count } from '../words/number.ts';
import { describeType } from './type.ts';
import { otherForms } from './value.ts';

describe('values', () => {
  it('are also shown unsigned and in hexadecimal where that says more', () => {
    expect(otherForms({ type: 'i32', value: '-1' })).toBe('4294967295 unsigned, 0xffffffff');
    expect(otherForms({ type: 'i64', value: '-9223372036854775808' })).toBe(
      '9223372036854775808 unsigned, 0x8000000000000000',
    );
    expect(otherForms({ type: 'i32', value: '42' })).toBe('0x2a');
    expect(otherForms({ type: 'f64', value: '1.5' })).toBeNull();
    expect(otherForms({ type: 'funcref', value: 'null' })).toBeNull();
  });

  it('show the lanes of a v128, the lowest first', () => {
    const value = '0xffffffff000000030000000200000001';
    expect(otherForms({ type: 'v128', value })).toBe('i32x4 1 2 3 -1');
  });
});

describe('types', () => {
  it('read like a signature', () => {
    expect(describeType({ kind: 'function', params: ['i32', 'f64'], results: ['i64'] })).toBe(
      '(i32, f64) → i64',
    );
    expect(describeType({ kind: 'function', params: [], results: [] })).toBe('() → ()');
    expect(describeType({ kind: 'function', params: [], results: ['i32', 'i32'] })).toBe(
      '() → (i32, i32)',
    );
    expect(describeType({ kind: 'global', value: 'i32', mutable: true })).toBe('mutable i32');
  });

  it('say their limits', () => {
    const memory = {
      kind: 'memory',
      minimum: 1,
      maximum: null,
      shared: false,
      memory64: false,
    } as const;
    expect(describeType(memory)).toBe('1 page or more');
    expect(describeType({ ...memory, maximum: 4, shared: true })).toBe('1 to 4 pages, shared');
    expect(describeType({ kind: 'table', element: 'funcref', minimum: 10, maximum: 10 })).toBe(
      '10 elements of funcref',
    );
  });
});

describe('sizes', () => {
  it('have the unit that keeps them short', () => {
    expect(formatBytes(0)).toBe('0 bytes');
    expect(formatBytes(1)).toBe('1 byte');
    expect(formatBytes(1023)).toBe('1023 bytes');
    expect(formatBytes(65_536)).toBe('64.0 KiB');
    expect(formatBytes(1024 * 1024 - 1)).toBe('1.0 MiB');
    expect(formatBytes(2 ** 32)).toBe('4.0 GiB');
  });

  it('count with a noun that fits', () => {
    expect(count(1, 'page')).toBe('1 page');
    expect(count(16_384, 'page')).toBe('16,384 pages');
  });
});
