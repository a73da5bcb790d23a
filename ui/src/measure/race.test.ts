import { expect, test } from 'vitest';
import type { Compiler, Race, RaceLane, Welcome } from '../protocol.ts';
import { differing, reportOf, resultOf, sentencesOf } from './race.ts';

function lane(compiler: Compiler, compile: number, call: number, value: string | null): RaceLane {
  return {
    contender: { compiler, engine: 'jit', optimisation: 'speed' },
    ...{ state: 'ready', phase: null, fraction: null, kept: false, error: null },
    timings: { compile, load: 1, instantiate: 1, call },
    ...{ ready_ns: compile + call, artifact_bytes: 100, status: null },
    results: value === null ? [] : [{ type: 'i32', value }],
  };
}

function race(...lanes: RaceLane[]): Race {
  return {
    ...{ revision: 1, export: 'fib', arguments: ['30'], together: 1, used: 0, over: true },
    lanes,
  };
}

const SLOW = lane('singlepass', 1e6, 1000, '832040');
const FAST = lane('llvm', 3e6, 600, '832040');

test('a race ends with its first result, and the calls after which other code pays off', () => {
  expect(sentencesOf(race(FAST, SLOW))).toEqual([
    'The first result came after 1.00 ms, from Singlepass JIT.',
    'LLVM JIT pays off beside Singlepass JIT after 5,000 calls of fib(30).',
    'A race makes one call. A bench says this more exactly.',
  ]);
  const slower = lane('cranelift', 2e6, 1000, '832040');
  expect(sentencesOf(race(SLOW, slower))).toContain(
    'Cranelift JIT never pays off beside Singlepass JIT.',
  );
  expect(sentencesOf({ ...race(), over: true })).toEqual([]);
});

test('a contender with other results than the first is found', () => {
  const wrong = lane('cranelift', 2e6, 900, '-0');
  expect(differing(race(SLOW, wrong, FAST))).toEqual([wrong]);
  expect(differing(race(SLOW, FAST))).toEqual([]);
  const ended = { ...lane('llvm', 1, 1, null), status: 3 };
  expect(resultOf(ended)).toBe('status 3');
  expect(differing(race({ ...ended, status: 0 }, ended))).toEqual([ended]);
  const failed: RaceLane = { ...wrong, state: 'failed' };
  expect(differing(race(SLOW, failed)), 'it has no result').toEqual([]);
});

test('the report has the module, the call and every result', () => {
  const welcome = { version: '1', wasmer: '7.5', host: 'x86_64' } as Welcome;
  const module = Uint8Array.of(0, 0x61, 0x73, 0x6d);
  const wrong = lane('cranelift', 2e6, 900, '7');
  const text = reportOf({
    ...{ welcome, title: 'a.wat', module, settings: null },
    race: race(SLOW, wrong),
  });
  const report = JSON.parse(text) as {
    module: { base64: string };
    call: unknown;
    results: { results: { value: string }[] }[];
  };
  expect(Buffer.from(report.module.base64, 'base64')).toEqual(Buffer.from(module));
  expect(report.call).toEqual({ export: 'fib', arguments: ['30'] });
  expect(report.results.map(({ results }) => results[0]?.value)).toEqual(['832040', '7']);
});
