import { expect, test } from 'vitest';
import { piecesOf, richPiecesOf } from './prose.ts';

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

test('a sentence of the catalogue has code, names of controls, and keys', () => {
  const rich = (sentence: string) =>
    richPiecesOf(sentence).map(({ text, kind }) => (kind === 'text' ? text : `${kind}:${text}`));
  expect(rich('Press **Run** ([[Ctrl+Enter]]) for `f`.')).toEqual([
    'Press ',
    'name:Run',
    ' (',
    'key:Ctrl+Enter',
    ') for ',
    'code:f',
    '.',
  ]);
  expect(rich('2 * 3 ** 4, a[0], `')).toEqual(['2 * 3 ** 4, a[0], `']);
});
