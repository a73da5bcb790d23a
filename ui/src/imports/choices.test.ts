import { expect, test } from 'vitest';
import type { ModuleView } from '../protocol.ts';
import { integersOf, memoriesOf } from './choices.ts';

test('a parameter that is an integer can be chosen, by its number', () => {
  const type = {
    kind: 'function' as const,
    params: ['f64' as const, 'i32' as const, 'i64' as const],
    results: [],
  };
  expect(integersOf(type)).toEqual([
    { value: 1, title: 'parameter 1 (i32)' },
    { value: 2, title: 'parameter 2 (i64)' },
  ]);
  expect(integersOf({ kind: 'tag', params: ['i32'] })).toEqual([]);
});

test('memories are named as the runner finds them, each once', () => {
  const module = { memories: ['heap', 'env.memory', 'env.memory'] } as unknown as ModuleView;
  expect(memoriesOf(module)).toEqual(['heap', 'env.memory']);
  expect(memoriesOf(null)).toEqual([]);
});
