import { describe, expect, it } from 'vitest';
import { copyAs, parseHex } from './clip.ts';

const bytes = Uint8Array.of(0, 255, 10, 65);

describe('bytes as text', () => {
  it('are hex, C, base64 and JavaScript', () => {
    expect(copyAs('hex', bytes)).toBe('00 ff 0a 41');
    expect(copyAs('base64', bytes)).toBe('AP8KQQ==');
    expect(copyAs('c', bytes)).toBe(
      'const unsigned char bytes[4] = {\n  0x00, 0xff, 0x0a, 0x41,\n};\n',
    );
    expect(new Function(`return ${copyAs('js', bytes)}`)()).toEqual(bytes);
    expect(copyAs('text', Uint8Array.of(0xc3, 0xa4))).toBe('ä');
  });

  it('come back from any hex that people write', () => {
    for (const text of [
      '00ff0a41',
      '00 FF 0a\n41',
      '0x00, 0xff, 0x0a, 0x41',
      '00:ff:0a:41',
      '\\x00\\xff\\x0a\\x41',
    ]) {
      expect(parseHex(text)).toEqual(bytes);
    }
    for (const text of ['', '0', 'hello', '0xg0', '00 f']) expect(parseHex(text)).toBeNull();
    expect(parseHex(copyAs('hex', bytes))).toEqual(bytes);
  });

  it('of a megabyte are copied without a full stack', () => {
    expect(atob(copyAs('base64', new Uint8Array(1 << 20))).length).toBe(1 << 20);
  });
});
