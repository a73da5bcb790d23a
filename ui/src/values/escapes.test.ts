import { describe, expect, it } from 'vitest';
import { plainText } from './escapes.ts';

describe('escape sequences', () => {
  it('are not a part of the text that a person reads', () => {
    expect(plainText('\x1b[1;31mred\x1b[0m and \x1b[38;2;1;2;3mmore\x1b[m')).toBe('red and more');
    expect(plainText('\x1b]0;a title\x07text')).toBe('text');
    expect(plainText('\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\')).toBe('link');
    expect(plainText('\x1b(B\x1b7kept\x1b8\x1bc')).toBe('kept');
  });

  it('leave a text without them as it is', () => {
    expect(plainText('[1;31m is text\n\tas é is')).toBe('[1;31m is text\n\tas é is');
  });
});
