import { describe, expect, it } from 'vitest';
import { inspect, pointerAt } from './inspect.ts';

const read = (...bytes: number[]) =>
  Object.fromEntries(
    inspect(Uint8Array.from(bytes)).map(({ name, little, big }) => [name, [little, big]]),
  );

describe('the inspector', () => {
  it('reads integers exactly in both orders', () => {
    const { i8, u8, i16, u32, i64, u64 } = read(0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f);
    expect(i8).toEqual(['-2', '-2']);
    expect(u8).toEqual(['254', '254']);
    expect(i16).toEqual(['-2', '-257']);
    expect(u32).toEqual(['4294967294', '4278190079']);
    expect(i64).toEqual(['9223372036854775806', '-72057594037928065']);
    expect(u64).toEqual(['9223372036854775806', '18374686479671623551']);
  });

  it('reads floats with the digits that give them again', () => {
    expect(read(0xcd, 0xcc, 0xcc, 0x3d).f32?.[0]).toBe('0.1');
    expect(read(0x3f, 0xb9, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9a).f64?.[1]).toBe('0.1');
    expect(read(0, 0, 0, 0x80).f32?.[0]).toBe('-0');
    expect(read(0, 0, 0x80, 0xff).f32?.[0]).toBe('-inf');
    expect(read(0, 0, 0xc0, 0x7f).f32?.[0]).toBe('nan');
    expect(read(1, 0, 0xa0, 0xff).f32?.[0]).toBe('-nan:0x200001');
  });

  it('reads LEB128 of both kinds, with its length', () => {
    const { 'LEB128 unsigned': unsigned, 'LEB128 signed': signed } = read(0xe5, 0x8e, 0x26);
    expect(unsigned?.[0]).toBe('624485 (3 bytes)');
    expect(signed?.[0]).toBe('624485 (3 bytes)');
    expect(read(0x7f)['LEB128 signed']?.[0]).toBe('-1 (1 byte)');
    expect(read(0x80, 0x80)['LEB128 unsigned']?.[0]).toBeNull();
    expect(read(...Array(10).fill(0xff), 1)['LEB128 unsigned']?.[0]).toBeNull();
    expect(read(...Array(9).fill(0xff), 1)['LEB128 unsigned']?.[0]).toBe(
      '18446744073709551615 (10 bytes)',
    );
  });

  it('reads text up to its end', () => {
    expect(read(0xc3, 0xa4, 0x21, 0, 0x61)['UTF-8']?.[0]).toBe('ä!');
    expect(read(0x41, 0xff, 0x42)['UTF-8']?.[0]).toBe('A');
    expect(read(0)['UTF-8']?.[0]).toBeNull();
  });

  it('has nothing for what is cut off by the end of the memory', () => {
    const { i16, i32, u8 } = read(1, 2);
    expect([u8, i16, i32]).toEqual([
      ['1', '1'],
      ['513', '258'],
      [null, null],
    ]);
    expect(pointerAt(Uint8Array.of(1, 2, 3))).toBeNull();
    expect(pointerAt(Uint8Array.of(1, 2, 3, 0xff))).toBe(0xff030201);
    expect(inspect(new Uint8Array())[0]).toEqual({ name: 'i8', little: null, big: null });
  });
});
