import { expect, it } from 'vitest';
import { describe } from './describe.ts';
import { record } from './testing.ts';

it('says that nothing has run', () => expect(describe([])).toBe('Nothing has run yet.'));

it('says the latest run in full', () => {
  const records = [
    record('llvm', { compile: 9e6 }),
    record('cranelift', { parse: 41_000, compile: 2_500_000 }),
  ];
  expect(describe(records)).toBe(
    '2 records of LLVM, Cranelift. Latest: run with Cranelift: parse 41.0 µs, compile 2.50 ms.',
  );
});

it('says which function was called, and that it failed', () => {
  const call = record(
    'singlepass',
    { call: 12_000 },
    { kind: 'call', export: 'fib', error: 'memory_limit' },
  );
  expect(describe([call])).toBe(
    '1 record of Singlepass. Latest: call of fib with Singlepass: call 12.0 µs. It failed: memory limit.',
  );
});
