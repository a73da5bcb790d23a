import { expect, it } from 'vitest';
import { entryOf } from './entry.ts';

it('an entry of a table is a reference, or else an export by its name', () => {
  for (const text of ['null', ' ref.null ', 'ref.null func', 'func 3', 'ref.func 3', 'extern 7']) {
    expect(entryOf(text), text).toEqual({ value: text.trim() });
  }
  for (const text of ['add', 'function', 'func', 'nullable', 'func add']) {
    expect(entryOf(text), text).toEqual({ export: text });
  }
});
