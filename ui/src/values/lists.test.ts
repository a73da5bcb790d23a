import { expect, test } from 'vitest';
import { exportsOf } from './lists.ts';

test('each row of a list gets its type, which all of them share', () => {
  const type = { kind: 'function' as const, params: ['i32' as const], results: [] };
  const exports = [
    { name: 'a', type: 0 },
    { name: 'b', type: 0, size: 3 },
  ];
  const rows = exportsOf({ count: 9, types: [type], exports });
  expect(rows).toEqual([
    { name: 'a', type },
    { name: 'b', type, size: 3 },
  ]);
  expect(rows[0]?.type).toBe(rows[1]?.type);
  expect(exportsOf(null)).toEqual([]);
});
