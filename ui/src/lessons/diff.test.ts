import { describe, expect, it } from 'vitest';
import { diffLines, foldSame } from './diff.ts';

const shown = (before: string, after: string) =>
  diffLines(before, after).map(
    ({ kind, text }) => ({ same: ' ', added: '+', removed: '-', folded: '⋮' })[kind] + text,
  );

describe('the difference of two texts', () => {
  it('keeps the lines that both have', () => {
    expect(shown('a\nb\nc', 'a\nx\nc\nd')).toEqual([' a', '-b', '+x', ' c', '+d']);
    expect(shown('a', 'a')).toEqual([' a']);
  });

  it('gives both texts back', () => {
    const before = 'm\nn\no\np\nq\nn';
    const after = 'n\no\nr\nq\nm\nn';
    const lines = diffLines(before, after);
    const of = (kind: string) =>
      lines.filter((line) => line.kind === 'same' || line.kind === kind).map(({ text }) => text);
    expect(of('removed').join('\n')).toBe(before);
    expect(of('added').join('\n')).toBe(after);
  });

  it('folds lines far from a change, and all of them if there is none', () => {
    const before = 'a\nb\nc\nd\ne\nf\ng\nh\ni';
    const folded = foldSame(diffLines(before, before.replace('h', 'x')));
    expect(folded.map(({ kind, text }) => kind[0] + text)).toEqual([
      'f',
      'se',
      'sf',
      'sg',
      'rh',
      'ax',
      'si',
    ]);
    expect(foldSame(diffLines('a\nb', 'a\nb'))).toEqual([{ kind: 'folded', text: '' }]);
  });

  it('of long texts replaces all lines', () => {
    const long = 'x\n'.repeat(700);
    expect(diffLines(long, 'y').filter(({ kind }) => kind === 'removed')).toHaveLength(700);
  });
});
