import { describe, expect, it } from 'vitest';
import { describeParts, gradientOf, partsOf } from './strip.ts';

describe('the overview', () => {
  it('shows runs of parts as one stop each', () => {
    const parts = partsOf([0n, 5n, 5n, 7n], [0n, 5n, 4n, 6n]);
    expect(parts).toEqual(['zero', 'data', 'changed', 'changed']);
    expect(gradientOf(parts)).toBe(
      'linear-gradient(to right, var(--part-zero) 0% 25%, var(--part-data) 25% 50%, var(--part-changed) 50% 100%)',
    );
    expect(describeParts(parts)).toBe('3 of 4 parts hold data or did, 2 changed');
    expect(gradientOf([])).toBe('none');
  });

  it('has no changes before there is anything to compare with', () => {
    expect(partsOf([0n, 1n], null)).toEqual(['zero', 'data']);
  });
});
