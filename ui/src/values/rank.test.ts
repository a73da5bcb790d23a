import { describe, expect, it } from 'vitest';
import { rank } from './rank.ts';

describe('the rank of a title', () => {
  const best = (wanted: string, ...titles: string[]) =>
    titles.toSorted((a, b) => rank(b, wanted) - rank(a, wanted))[0];

  it('is highest where the words are', () => {
    expect(best('undo', 'Download the bundle', 'Undo change of imports')).toBe(
      'Undo change of imports',
    );
    expect(best('stop', 'Go to the previous panel', 'Stop')).toBe('Stop');
    expect(best('tab', 'Table of contents', 'New tab')).toBe('New tab');
  });

  it('is 0 without a word that begins so', () => {
    expect(rank('Download the bundle', 'undo')).toBe(0);
    expect(rank('Compile with Singlepass', 'light')).toBe(0);
    expect(rank('New tab', 'new window')).toBe(0);
  });

  it('takes beginnings of words, in any order', () => {
    expect(rank('Go to the next panel', 'pan nex')).toBeGreaterThan(0);
    expect(rank('Run', '')).toBe(1);
  });
});
