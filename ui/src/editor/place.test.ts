import { describe, expect, it } from 'vitest';
import { textOf } from './change.ts';
import { diagnosticsOf } from './diagnostics.ts';
import { describePlace, positionOf } from './place.ts';

describe('a place', () => {
  it('counts lines and characters from one', () => {
    expect(positionOf(textOf('ab\ncd'), { line: 2, column: 2 })).toBe(4);
    expect(positionOf(textOf('ab\ncd'), { line: 1 })).toBe(0);
  });

  it('counts a character outside the basic plane as one, as the workbench does', () => {
    expect(positionOf(textOf(';; 😀x'), { line: 1, column: 5 })).toBe(5);
  });

  it('stays inside a text that has become shorter', () => {
    expect(positionOf(textOf('ab'), { line: 9, column: 9 })).toBe(2);
  });

  it('is none where only a byte offset is known', () => {
    expect(positionOf(textOf('ab'), { offset: 33 })).toBeNull();
    expect(describePlace({ offset: 33 })).toBe('byte 0x21');
    expect(describePlace({ line: 3, column: 4, offset: 33 })).toBe('line 3, column 4');
    expect(describePlace({})).toBeNull();
  });
});

describe('a problem', () => {
  const problem = { severity: 'error', code: 'malformed_text', message: 'no', length: 3 } as const;

  it('underlines its characters, up to the end of its line', () => {
    expect(
      diagnosticsOf(textOf('(oops)\nx'), [{ ...problem, at: { line: 1, column: 2 } }]),
    ).toMatchObject([{ from: 1, to: 4 }]);
    expect(
      diagnosticsOf(textOf('ab\nx'), [{ ...problem, at: { line: 1, column: 2 } }]),
    ).toMatchObject([{ from: 1, to: 2 }]);
  });

  it('at the end of a line underlines the character before it', () => {
    expect(
      diagnosticsOf(textOf('(mod'), [{ ...problem, at: { line: 1, column: 5 } }]),
    ).toMatchObject([{ from: 3, to: 4 }]);
  });
});
