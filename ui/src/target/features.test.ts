import { describe, expect, it } from 'vitest';
import { whyImplied, without, withImplied } from './features.ts';
import { row } from './testing.ts';

const X86 = row(
  'x86_64',
  {},
  {
    cpu_features: ['avx', 'avx2', 'fma', 'sse2', 'sse4.2'],
    implied: [
      { feature: 'avx', implies: ['sse2', 'sse4.2'] },
      { feature: 'avx2', implies: ['avx', 'sse2', 'sse4.2'] },
      { feature: 'fma', implies: ['avx', 'sse2', 'sse4.2'] },
      { feature: 'sse4.2', implies: ['sse2'] },
    ],
    baseline: ['sse2'],
  },
);

describe('CPU features', () => {
  it('bring what every CPU with them has', () => {
    expect(withImplied(X86, ['avx2'])).toEqual(['avx', 'avx2', 'sse2', 'sse4.2']);
    expect(withImplied(X86, [])).toEqual(['sse2']);
    expect(withImplied(row('riscv64'), [])).toEqual([]);
  });

  it('go with those that need them', () => {
    expect(without(X86, ['avx', 'avx2', 'fma', 'sse2', 'sse4.2'], 'avx')).toEqual([
      'sse2',
      'sse4.2',
    ]);
    expect(without(X86, ['avx', 'avx2', 'sse2', 'sse4.2'], 'avx2')).toEqual([
      'avx',
      'sse2',
      'sse4.2',
    ]);
  });

  it('say why they are chosen', () => {
    expect(whyImplied(X86, ['avx2'], 'sse2')).toBe('on every CPU');
    expect(whyImplied(X86, ['avx2', 'sse2'], 'avx')).toBe('with avx2');
    expect(whyImplied(X86, ['avx2', 'sse2'], 'avx2')).toBeNull();
  });
});
