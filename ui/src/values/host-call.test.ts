import { describe, expect, it } from 'vitest';
import type { HostCall } from '../protocol.ts';
import { describeEnd, describeTouched, hasLetters } from './host-call.ts';

const CALL: HostCall = {
  sequence: 1,
  at_ns: '9007199254740993',
  took_ns: null,
  module: 'env',
  name: 'print',
  arguments: [{ type: 'i64', value: '9007199254740993' }],
  ended: { end: 'returned', results: [{ type: 'i32', value: '-1' }] },
  read: [{ memory: 'mem', at: '65536', length: 5, bytes: '68656c6c6f' }],
  wrote: [],
  unlisted: [],
  replayed: false,
};

describe('a host call', () => {
  it('says how it ended', () => {
    expect(describeEnd(CALL)).toBe('-1');
    expect(describeEnd({ ...CALL, ended: { end: 'exited', code: 3 } })).toBe('exit 3');
    expect(describeEnd({ ...CALL, ended: { end: 'trapped', message: 'no' } })).toBe('trap: no');
    expect(describeEnd({ ...CALL, ended: { end: 'running' } })).toBe('running…');
  });

  it('says what it touched, as text where it is text', () => {
    expect(describeTouched(CALL.read)).toBe('mem 0x10000 +5: "hello"');
    expect(
      describeTouched([{ memory: 'm', at: '18446744073709551615', length: 9, bytes: '00ff' }]),
    ).toBe('m 0xffffffffffffffff +9: 00ff…');
    expect(describeTouched([], ['mem'])).toBe('mem: perhaps more');
  });

  it('is found by anything that is shown of it', () => {
    for (const letters of ['', 'ENV.print', '0993', '-1', 'hello'])
      expect(hasLetters(CALL, letters), letters).toBe(true);
    expect(hasLetters(CALL, 'goodbye')).toBe(false);
  });
});
