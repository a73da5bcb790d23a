import { describe, expect, it } from 'vitest';
import { formatAddress, resolve, type Places } from './address.ts';

const places: Places = {
  size: 4 * 2 ** 30,
  globals: new Map([
    ['__heap_base', 66_560n],
    ['top', -16n],
    ['a+b', 3n],
  ]),
  segments: [
    { index: 0, name: 'greeting', offset: '1024', length: 5 },
    { index: 2, name: null, offset: null, length: 1 },
  ],
};
const at = (text: string, size = places.size) => resolve(text, { ...places, size });

describe('an address', () => {
  it.each([
    ['4096', 4096],
    ['0x1000', 4096],
    [' 0X10_00 ', 4096],
    ['1_000', 1000],
    ['global __heap_base', 66_560],
    ['global "a+b"', 3],
    ['global top', 2 ** 32 - 16],
    ['data segment 0', 1024],
    ['data 0 + 4', 1028],
    ['global __heap_base+0x10-1', 66_575],
    ['4294967295', 2 ** 32 - 1],
  ])('%s is %d', (text, address) => expect(at(text)).toEqual({ address }));

  it.each([
    ['', /such as/],
    ['ten', /not an address/],
    ['0x', /hexadecimal/],
    ['4096 4', /\+ or -/],
    ['4096 +', /not an address/],
    ['global nothing', /__heap_base/],
    ['data segment 1', /no active data segment 1/],
    ['data segment 2', /depends on an import/],
    ['0 - 1', /negative/],
    ['4294967296', /past the end.*0xffffffff/],
    ['9007199254740993', /0x20000000000001 is past the end/],
    ['global', /not an address/],
  ])('%j is none, and it says why', (text, why) =>
    expect(at(text)).toEqual({ error: expect.stringMatching(why) }),
  );

  it('is none in an empty memory', () =>
    expect(at('0', 0)).toEqual({ error: expect.stringMatching(/empty/) }));

  it('has as many digits as the memory needs', () => {
    expect(formatAddress(255, 65_536)).toBe('000000ff');
    expect(formatAddress(255, 2 ** 40)).toBe('00000000ff');
  });
});
