import { describe, expect, it } from 'vitest';
import { checkArgument } from './argument.ts';
import { asLanes, bitsOf, lanesOf, SHAPES, shapeOf } from './lanes.ts';

describe('the lanes of a v128', () => {
  it('begin with the lowest bits', () => {
    const value = '0xffffffff000000030000000200000001';
    expect(asLanes(value, 'i32x4')).toBe('i32x4 1 2 3 -1');
    expect(asLanes(value, 'i64x2')).toBe('i64x2 8589934593 -4294967293');
    expect(asLanes('0xff', 'i8x16')).toBe('i8x16 -1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0');
    expect(asLanes('0x8000', 'i16x8')).toBe('i16x8 -32768 0 0 0 0 0 0 0');
  });

  it('are floats bit for bit, in as few digits as they need', () => {
    expect(asLanes('0x7fa00001ff8000003dcccccd80000000', 'f32x4')).toBe(
      'f32x4 -0 0.1 -inf nan:0x200001',
    );
    expect(asLanes('0xfff80000000000003fb999999999999a', 'f64x2')).toBe('f64x2 0.1 -nan');
  });

  it('are read from what may be typed, and the other shapes show the same bits', () => {
    const value = 0x7fa00001ff8000003dcccccd80000000n;
    for (const shape of SHAPES)
      expect(bitsOf(asLanes(`0x${value.toString(16)}`, shape)), shape).toBe(value);
    expect(bitsOf('v128.const i32x4 0x1 0b10 3, -1')).toBe(0xffffffff000000030000000200000001n);
    expect(bitsOf('f32x4 -inf .5 1e3 -nan')).toBe(0xffc00000447a00003f000000ff800000n);
    expect(bitsOf('12')).toBe(12n);
    for (const text of ['', 'x', 'i32x4 1 2 3', 'f64x2 0x1p3 0', 'i64x2 a b'])
      expect(bitsOf(text), text).toBeNull();
  });

  it('are told apart in a text as it is typed', () => {
    expect(shapeOf(' v128.const i32x4 1 2')).toBe('i32x4');
    expect(lanesOf('i32x4 1,2  0x3')).toEqual(['1', '2', '0x3', '']);
    expect(lanesOf('f64x2 1 2 3')).toEqual(['1', '2']);
    for (const text of ['', '0x12', 'i32x4x 1'])
      expect([shapeOf(text), lanesOf(text)], text).toEqual([null, []]);
  });

  it('can be given back in every shape', () => {
    for (const shape of SHAPES) {
      expect(
        checkArgument('v128', asLanes('0x7f800000ff800000400921fb3f9df3b6', shape)),
        shape,
      ).toBeNull();
    }
  });
});
