import { describe, expect, it } from 'vitest';
import { remoteChange, smallestChange, textOf } from './change.ts';

/** Random-looking numbers that are the same in every run. */
function* numbers(seed: number): Generator<number, never> {
  for (;;) {
    seed = (seed * 1_664_525 + 1_013_904_223) >>> 0;
    yield seed / 2 ** 32;
  }
}

function apply(before: string, change: ReturnType<typeof smallestChange>): string {
  return change ? before.slice(0, change.from) + change.insert + before.slice(change.to) : before;
}

describe('the smallest change', () => {
  it('is nothing where nothing changed', () => {
    expect(smallestChange('(module)', '(module)')).toBeNull();
  });

  it('touches only what differs', () => {
    expect(smallestChange('(i32.const 1)', '(i32.const 12)')).toEqual({
      from: 12,
      to: 12,
      insert: '2',
    });
    expect(smallestChange('aaa', 'aa')).toEqual({ from: 2, to: 3, insert: '' });
    expect(smallestChange('', 'new')).toEqual({ from: 0, to: 0, insert: 'new' });
  });

  it('never cuts a character in two', () => {
    // Both have the same first half of a pair of surrogates.
    expect(smallestChange('😀', '😁')).toEqual({ from: 0, to: 2, insert: '😁' });
    // Both have the same second half.
    expect(smallestChange('\u{1F600}', '\u{1FA00}')).toEqual({
      from: 0,
      to: 2,
      insert: '\u{1FA00}',
    });
  });

  it('makes the one text of the other, whatever they are', () => {
    const next = numbers(7);
    const text = () =>
      Array.from(
        { length: Math.floor(next.next().value * 12) },
        () => 'ab\n😀'[Math.floor(next.next().value * 5)],
      ).join('');
    for (let round = 0; round < 500; round++) {
      const [before, after] = [text(), text()];
      expect(apply(before, smallestChange(before, after))).toBe(after);
    }
  });
});

describe('a change from another window', () => {
  const merge = (base: string, local: string, remote: string) =>
    remoteChange(base, local, remote).apply(textOf(local)).toString();

  it('is taken as it is where nothing was typed here', () => {
    expect(merge('abc', 'abc', 'abXc')).toBe('abXc');
  });

  it('leaves what was typed here', () => {
    expect(merge('one two three', 'one! two three', 'one two three?')).toBe('one! two three?');
  });

  it('keeps both where both wrote in one place', () => {
    expect(merge('ac', 'abc', 'aXc').split('').sort().join('')).toBe('Xabc');
  });

  it('works with lines', () => {
    expect(merge('1\n2\n3', '1\n2\n3\n4', '0\n1\n2\n3')).toBe('0\n1\n2\n3\n4');
  });
});
