import { expect, test } from 'vitest';
import { piecesOf } from './prose.ts';

/** Writes the pieces as one text, with code in angle brackets. */
const read = (sentence: string) =>
  piecesOf(sentence).map(({ text, code }) => (code ? `<${text}>` : text));

test('what stands in backticks is code', () => {
  expect(read('`env.f` is (func); `a`, not `b`.')).toEqual([
    '<env.f>',
    ' is (func); ',
    '<a>',
    ', not ',
    '<b>',
    '.',
  ]);
});

test('backticks that are not a pair around something are words', () => {
  expect(read('a ` b')).toEqual(['a ` b']);
  expect(read('`x` and `y')).toEqual(['<x>', ' and `y']);
  expect(read('nothing: ``')).toEqual(['nothing: ``']);
  expect(read('')).toEqual([]);
});
