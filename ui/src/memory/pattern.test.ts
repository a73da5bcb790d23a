import { describe, expect, it } from 'vitest';
import { patternOf, type PatternKind } from './pattern.ts';

describe('what is searched for', () => {
  const of = (kind: PatternKind, text: string, big = false) => {
    const pattern = patternOf(kind, text, big);
    return typeof pattern === 'string' ? pattern : [...pattern];
  };

  it('is bytes of each kind, in both orders', () => {
    expect(of('hex', '7F 45')).toEqual([0x7f, 0x45]);
    expect(of('utf8', 'ä')).toEqual([0xc3, 0xa4]);
    expect(of('utf16', 'aä')).toEqual([0x61, 0, 0xe4, 0]);
    expect(of('utf16', 'a', true)).toEqual([0, 0x61]);
    expect(of('i16', '-2')).toEqual([0xfe, 0xff]);
    expect(of('i16', '0x1234', true)).toEqual([0x12, 0x34]);
    expect(of('i64', '18446744073709551615')).toEqual(Array(8).fill(255));
    expect(of('f32', '1.5')).toEqual([0, 0, 0xc0, 0x3f]);
    expect(of('f64', '-inf', true)).toEqual([0xff, 0xf0, 0, 0, 0, 0, 0, 0]);
  });

  it('is refused in words where it means nothing', () => {
    expect(of('utf8', '')).toMatch(/something to search for/);
    expect(of('hex', 'f')).toMatch(/pairs/);
    expect(of('i8', '256')).toMatch(/8 bits/);
    expect(of('i8', '-129')).toMatch(/8 bits/);
    expect(of('i32', 'x')).toMatch(/whole number/);
    expect(of('f32', 'x')).toMatch(/number/);
    expect(of('f32', ' ')).toMatch(/number/);
  });
});
