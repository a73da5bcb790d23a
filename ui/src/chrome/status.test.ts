import { describe, expect, it } from 'vitest';
import type { RunReport } from '../protocol.ts';
import { endInWords } from './status.ts';

const report = (kind: 'run' | 'call', outcome: unknown, timings: object = { total: 2_600_000 }) =>
  ({
    record: { kind, compiler: 'cranelift', export: kind === 'call' ? 'fib' : null, timings },
    outcome,
    revision: 1,
  }) as unknown as RunReport;

describe('the end of a run in words', () => {
  it('says how long it took, and with which compiler', () => {
    expect(endInWords(report('run', { outcome: 'ready' }), 3)).toEqual({
      words: 'Ran in 2.60 ms with Cranelift, 3 exports',
      how: 'good',
    });
    const timings = { call: 46_400, total: 1_390_000 };
    expect(endInWords(report('call', { outcome: 'returned', results: [] }, timings), 1).words).toBe(
      'fib returned in 46.4 µs with Cranelift',
    );
    const exited = endInWords(report('run', { outcome: 'exited', status: 3 }), 0);
    expect(exited).toEqual({
      words: 'Exited with status 3 after 2.60 ms with Cranelift',
      how: 'bad',
    });
  });

  it('names the line of a trap; a stop is no failure', () => {
    const failed = (error: object) => ({ outcome: 'failed', error });
    const trap = { code: 'trap', trap: 'unreachable', message: '', at: { line: 15 } };
    expect(endInWords(report('call', failed(trap)), 1)).toEqual({
      words: 'Trapped at line 15',
      how: 'bad',
    });
    expect(endInWords(report('call', failed({ code: 'stopped', message: '' })), 1)).toEqual({
      words: 'Stopped',
      how: 'neutral',
    });
    const missing = { code: 'missing_imports', message: '' };
    expect(endInWords(report('run', failed(missing)), 0).words).toBe('The run failed');
  });
});
