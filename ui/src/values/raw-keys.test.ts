import { describe, expect, it } from 'vitest';
import { textOf } from './raw-keys.ts';

const key = (name: string, held: object = {}) => ({
  key: name,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  shiftKey: false,
  ...held,
});

describe('keys that are sent by themselves', () => {
  it('are the sequences that a terminal sends', () => {
    expect(textOf(key('ArrowUp'))).toBe('\x1b[A');
    expect(textOf(key('Backspace'))).toBe('\x7f');
    expect(textOf(key('Enter'))).toBe('\n');
    expect(textOf(key('c', { ctrlKey: true }))).toBe('\x03');
    expect(textOf(key('A', { ctrlKey: true }))).toBe('\x01');
  });

  it('leave characters, the keys of the system and the way out to the browser', () => {
    for (const left of [
      key('a'),
      key('F1'),
      key('Tab', { shiftKey: true }),
      key('Enter', { ctrlKey: true }),
      key('P', { ctrlKey: true, shiftKey: true }),
      key('c', { metaKey: true }),
    ])
      expect(textOf(left)).toBeNull();
  });
});
