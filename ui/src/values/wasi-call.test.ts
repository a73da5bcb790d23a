import { expect, test } from 'vitest';
import type { WasiCall, WasiCallEnd } from '../protocol.ts';
import { describeWasiEnd, describeWasiRange, explainWasiEnd, hasFailed } from './wasi-call.ts';
import { sentence } from './testing.ts';

const call = (ended: WasiCallEnd): WasiCall => ({
  sequence: 1,
  at_ns: '0',
  took_ns: null,
  name: 'fd_read',
  arguments: '',
  ended,
  rule: null,
  ranges: [],
});

test('the end of a call is told by its results, the name of its error, or its status', () => {
  const failed = call({ end: 'failed', errno: 'NOENT', about: sentence('There is no such file.') });
  expect(describeWasiEnd(failed)).toBe('NOENT');
  expect(explainWasiEnd(failed)).toBe('There is no such file.');
  expect(hasFailed(failed)).toBe(true);
  const done = call({ end: 'done', results: 'read=2 "ab"' });
  expect(describeWasiEnd(done)).toBe('read=2 "ab"');
  expect(describeWasiEnd(call({ end: 'done', results: '' }))).toBe('done');
  expect(hasFailed(done)).toBe(false);
  expect(explainWasiEnd(done)).toBe('');
  expect(describeWasiEnd(call({ end: 'exited', status: 3 }))).toBe('exit 3');
  expect(explainWasiEnd(call({ end: 'running' }))).toContain('has not ended');
});

test('a range is told by its parameter, its length and its address', () => {
  const range = { parameter: 'iovs', offset: '4096', length: 5, wrote: false };
  expect(describeWasiRange(range)).toBe('read iovs, 5 bytes at 0x1000');
  expect(describeWasiRange({ ...range, length: 1, wrote: true })).toBe(
    'wrote iovs, 1 byte at 0x1000',
  );
});
