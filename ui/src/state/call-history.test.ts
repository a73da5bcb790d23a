import { describe, expect, it } from 'vitest';
import type { Outcome, RunReport } from '../protocol.ts';
import {
  describeArguments,
  describeOutcome,
  MOST_CALLS,
  withCall,
  type CallEntry,
} from './call-history.ts';

const report = (outcome: Outcome): RunReport => ({
  record: {
    id: 1,
    at_ms: 0,
    kind: 'call',
    compiler: 'cranelift',
    engine: 'jit',
    optimisation: 'speed',
    cache: null,
    export: 'f',
    timings: { call: 5 },
    error: null,
  },
  outcome,
  revision: 1,
});

const call = (text: string): CallEntry => ({
  arguments: [text],
  times: null,
  report: report({ outcome: 'returned', results: [] }),
});

describe('the calls of an export', () => {
  it('are kept with the newest first, and no more than can be read', () => {
    let history: readonly CallEntry[] = [];
    for (let number = 0; number < MOST_CALLS + 5; number++)
      history = withCall(history, call(String(number)));
    expect(history).toHaveLength(MOST_CALLS);
    expect(history[0]?.arguments).toEqual([String(MOST_CALLS + 4)]);
    expect(history.at(-1)?.arguments).toEqual(['5']);
  });

  it('are one line each: what went in and what came out', () => {
    expect(describeArguments([' 1', 'i32x4 1 2 3 4'])).toBe('1, i32x4 1 2 3 4');
    const results = [
      { type: 'i64', value: '9007199254740993' },
      { type: 'f32', value: 'nan:0x1' },
    ] as const;
    expect(describeOutcome(report({ outcome: 'returned', results: [...results] }))).toBe(
      '9007199254740993, nan:0x1',
    );
    expect(describeOutcome(report({ outcome: 'returned', results: [] }))).toBe('no results');
    expect(describeOutcome(report({ outcome: 'exited', status: 3 }))).toBe('exit status 3');
    const error = { code: 'trap', message: '…', trap: 'stack_overflow' } as const;
    expect(describeOutcome(report({ outcome: 'failed', error }))).toBe('stack overflow');
  });
});
