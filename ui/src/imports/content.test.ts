import { describe, expect, it } from 'vitest';
import { checkHex, describeContent, fromFile } from './content.ts';

describe('the content of a memory', () => {
  it('is hexadecimal in pairs, with blanks where one likes', () => {
    for (const text of ['', 'de ad BE ef', 'dead\nbeef', 'd e'])
      expect(checkHex(text), text).toBeNull();
    expect(checkHex('abc')).toMatch(/two digits/);
    expect(checkHex('0x12')).toMatch(/digits 0 to 9/);
  });

  it('is a file of any size, byte for byte', () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, at) => at * 7);
    const content = fromFile(bytes.buffer);
    expect('base64' in content && Buffer.from(content.base64, 'base64').equals(bytes)).toBe(true);
    expect(describeContent(content)).toBe('97.7 KiB');
  });

  it('says how much it is', () => {
    expect(describeContent({ text: 'grün' })).toBe('5 bytes of text');
    expect(describeContent({ hex: 'de ad' })).toBe('2 bytes');
    expect(describeContent({ base64: 'AQ==' })).toBe('1 byte');
  });
});
