import { describe, expect, it } from 'vitest';
import type { LessonCheck } from '../protocol.ts';
import { sentence } from '../values/testing.ts';
import { withOpen } from './checks.ts';

const check = (text: string, state: LessonCheck['state'] = 'passed'): LessonCheck => ({
  text: sentence(text),
  state,
  got: null,
  wanted: null,
  input: null,
});
const shown = (known: readonly LessonCheck[], sentences: readonly string[]) =>
  withOpen(known, sentences.map(sentence)).map(
    ({ text, state }) => `${text.text} ${state ?? 'open'}`,
  );

describe('the list of checks', () => {
  it('fills from top to bottom', () => {
    expect(shown([], ['a', 'b'])).toEqual(['a open', 'b open']);
    expect(shown([check('a')], ['a', 'b'])).toEqual(['a passed', 'b open']);
    expect(shown([check('a'), check('b', 'failed')], ['a', 'b'])).toEqual(['a passed', 'b failed']);
  });

  it('has a place for each check, also if two say the same', () => {
    expect(shown([check('a'), check('b')], ['a', 'b', 'a'])).toEqual([
      'a passed',
      'b passed',
      'a open',
    ]);
  });

  it('keeps the others open behind a check that has no sentence', () => {
    expect(shown([check('a'), check('runs', 'failed')], ['a', 'b'])).toEqual([
      'a passed',
      'runs failed',
      'b open',
    ]);
  });
});
