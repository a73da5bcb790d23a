import { describe, expect, it } from 'vitest';
import { copyAs, parseHex } from './clip.ts';
import { patternOf, type PatternKind } from './pattern.ts';

const bytes = Uint8Array.of(0, 255, 10, 65);

describe('bytes as text', () => {
  it('are hex, C, base64 and JavaScript', () => {
    expect(copyAs('hex', bytes)).toBe('00 ff 0a 41');
    expect(copyAs('base64', bytes)).toBe('AP8KQQ==');
    expect(copyAs('c', bytes)).toBe('const unsigned char bytes[4] = {\n  0x00, 0xff, 0x0a, 0x41,\n};\n');
    expect(new Function(`return ${copyAs('js', bytes)}`)()).toEqual(bytes);
    expect(copyAs('text', Uint8Array.of(0xc3, 0xa4))).toBe('ä');
  });

  it('come back from any hex that people write', () => {
    for (const text of ['00ff0a41', '00 FF 0a\n41', '0x00, 0xff, 0x0a, 0x41', '00:ff:0a:41', '\\x00\\xff\\x0a\\x41']) {
      expect(parseHex(text)).toEqual(bytes);
    }
    for (const text of ['', '0', 'hello', '0xg0', '00 f']) expect(parseHex(text)).toBeNull();
    expect(parseHex(copyAs('hex', bytes))).toEqual(bytes);
  });

  it('of a megabyte are copied without a full stack', () => {
    expect(atob(copyAs('base64', new Uint8Array(1 << 20))).length).toBe(1 << 20);
  });
});

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
    expect(of('utf8', '')).toMatch(/what to search for/);
    expect(of('hex', 'f')).toMatch(/pairs/);
    expect(of('i8', '256')).toMatch(/8 bits/);
    expect(of('i8', '-129')).toMatch(/8 bits/);
    expect(of('i32', 'x')).toMatch(/whole number/);
    expect(of('f32', 'x')).toMatch(/number/);
    expect(of('f32', ' ')).toMatch(/number/);
  });
});
