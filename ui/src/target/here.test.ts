import { describe, expect, it } from 'vitest';
import { runsHere, whyForeign } from './here.ts';
import { compiled, passport, row, targets } from './testing.ts';

const musl = row('x86_64-unknown-linux-musl', {}, { here: true });
const arm = row('aarch64-unknown-linux-gnu');
const all = targets(musl, arm);

describe('what runs here', () => {
  it('is this machine, and what its CPU has of a target like it', () => {
    expect(runsHere(null, null, all.host)).toBe(true);
    expect(runsHere({ triple: musl.triple, cpu_features: ['avx'] }, musl, all.host)).toBe(true);
    expect(runsHere({ triple: musl.triple, cpu_features: ['avx512f'] }, musl, all.host)).toBe(
      false,
    );
  });

  it('is no other machine, and nothing that is not known', () => {
    expect(runsHere({ triple: arm.triple, cpu_features: [] }, arm, all.host)).toBe(false);
    expect(runsHere({ triple: 'riscv32', cpu_features: [] }, null, all.host)).toBe(false);
  });
});

describe('why a sealed artifact does not run here', () => {
  it('is nothing where it does', () => {
    expect(whyForeign(passport(), musl, all)).toBeNull();
  });

  it('is its Wasmer, its machine or its CPU features', () => {
    expect(whyForeign(passport({ compiled: compiled({ wasmer: '7.3.0' }) }), musl, all)).toContain(
      '7.3.0',
    );
    expect(whyForeign(passport({ triple: arm.triple }), arm, all)).toContain(
      'aarch64-unknown-linux-gnu',
    );
    const said = whyForeign(passport({ cpu_features: ['avx', 'avx512f', 'sse2'] }), musl, all);
    expect(said).toBe('Its code needs CPU features that this machine lacks: avx512f.');
  });
});
