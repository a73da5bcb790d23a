import { expect, test } from 'vitest';
import type { Settings } from '../protocol.ts';
import { mendOf } from './mend.ts';

const limits = {
  memory_pages: 16_384,
  table_elements: 1_000_000,
  call_ms: 60_000,
  stack_kib: 1024,
  store_mib: 0,
};
const settings = { limits, proposals: { tail_call: false } } as unknown as Settings;

test('a limit that is reached is raised, and nothing beside it changes', () => {
  expect(mendOf(settings, { code: 'memory_limit' })?.change).toEqual({
    limits: { ...limits, memory_pages: 65_536 },
  });
  expect(mendOf(settings, { code: 'call_time' })?.change.limits?.call_ms).toBe(600_000);
  const deep = mendOf(settings, { code: 'trap', trap: 'stack_overflow' });
  expect(deep?.change.limits?.stack_kib).toBe(10_240);
});

test('a limit that is at its end has nothing to raise', () => {
  const most = { ...settings, limits: { ...limits, memory_pages: 65_536 } };
  expect(mendOf(most, { code: 'memory_limit' })).toBeNull();
});

test('a proposal is turned on, and other errors have no such change', () => {
  const change = mendOf(settings, { code: 'invalid_module', proposal: 'tail_call' })?.change;
  expect(change).toEqual({ proposals: { tail_call: true } });
  expect(mendOf(settings, { code: 'invalid_module' })).toBeNull();
  expect(mendOf(settings, { code: 'invalid_module', proposal: 'constructor' })).toBeNull();
  expect(mendOf(settings, { code: 'trap', trap: 'unreachable' })).toBeNull();
});
