import { describe, expect, it } from 'vitest';
import type { CompilerState } from '../protocol.ts';
import { nearest, usual, whyNot, whyNothing } from './cells.ts';
import { row } from './testing.ts';
import { sentence } from '../values/testing.ts';

const ALL: CompilerState[] = [
  { compiler: 'singlepass', missing: null },
  { compiler: 'cranelift', missing: null },
  { compiler: 'llvm', missing: null },
];

describe('what can be made for a target', () => {
  it('is what worked when it was tried, and what nobody has tried', () => {
    const arm = row('aarch64', {
      'llvm jit': 'crashed',
      'cranelift native': 'refused',
      'singlepass jit': 'unknown',
    });
    expect(whyNot(arm, 'cranelift', 'jit')).toBeNull();
    expect(whyNot(arm, 'singlepass', 'jit')).toBeNull();
    expect(whyNot(arm, 'llvm', 'jit')).toBe('llvm jit: no.');
    expect(whyNot(arm, 'cranelift', 'native')).toBe('cranelift native: no.');
  });

  it('is nothing by Singlepass on an x86 without the features it needs', () => {
    const needed = [{ compiler: 'singlepass' as const, cpu_features: ['avx'] }];
    const x86 = row('x86_64', {}, { cpu_features: ['avx', 'sse2', 'sse4.2'], needed });
    expect(whyNot(x86, 'singlepass', 'jit', ['sse4.2'])).toContain('avx');
    expect(whyNot(x86, 'singlepass', 'jit', ['avx'])).toBeNull();
    expect(whyNot(x86, 'cranelift', 'jit', ['sse2'])).toBeNull();
    expect(
      whyNot(row('aarch64', {}, { cpu_features: ['neon'] }), 'singlepass', 'jit', []),
    ).toBeNull();
    expect(nearest(x86, { compiler: 'singlepass', engine: 'jit' }, ALL, ['sse2'])?.compiler).toBe(
      'cranelift',
    );
  });

  it('begins with the first preset, and with what Singlepass needs where that is chosen', () => {
    const presets = [{ name: 'x86-64-v2', cpu_features: ['sse2', 'sse4.2'] }];
    const needed = [{ compiler: 'singlepass' as const, cpu_features: ['avx'] }];
    const x86 = row('x86_64', {}, { cpu_features: ['avx', 'sse2', 'sse4.2'], needed, presets });
    expect(usual(x86, 'llvm')).toEqual(['sse2', 'sse4.2']);
    expect(usual(x86, 'singlepass')).toEqual(['avx', 'sse2', 'sse4.2']);
    expect(usual(row('riscv64'), 'singlepass')).toEqual([]);
  });

  it('keeps what is chosen where that works', () => {
    expect(nearest(row('a'), { compiler: 'llvm', engine: 'native' }, ALL)).toEqual({
      compiler: 'llvm',
      engine: 'native',
    });
  });

  it('takes another engine before it takes another compiler', () => {
    const arm = row('aarch64', { 'llvm native': 'refused' });
    expect(nearest(arm, { compiler: 'llvm', engine: 'native' }, ALL)).toEqual({
      compiler: 'llvm',
      engine: 'jit',
    });
  });

  it('takes the first other compiler that works and is here', () => {
    const windows = row('windows', { 'singlepass jit': 'refused', 'singlepass native': 'refused' });
    expect(nearest(windows, { compiler: 'singlepass', engine: 'jit' }, ALL)?.compiler).toBe(
      'cranelift',
    );
    const without = ALL.map((one) =>
      one.compiler === 'cranelift' ? { ...one, missing: sentence('not built') } : one,
    );
    expect(nearest(windows, { compiler: 'singlepass', engine: 'jit' }, without)?.compiler).toBe(
      'llvm',
    );
  });

  it('says why where it is nothing at all', () => {
    const all = ['singlepass', 'cranelift', 'llvm'].flatMap((one) => [
      `${one} jit`,
      `${one} native`,
    ]);
    const none = row('s390x', Object.fromEntries(all.map((one) => [one, 'crashed'])));
    expect(nearest(none, { compiler: 'llvm', engine: 'jit' }, ALL)).toBeNull();
    expect(whyNothing(none, ALL)).toContain('cranelift jit: no.');
    expect(whyNothing(row('a'), ALL)).toBeNull();
  });
});
