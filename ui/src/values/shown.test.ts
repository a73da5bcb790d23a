import { expect, test } from 'vitest';
import { shown } from './shown.ts';

test('a long name is short where it is shown, and says how long it is', () => {
  expect(shown('memory')).toBe('memory');
  expect(shown('😀'.repeat(200))).toBe('😀'.repeat(200));
  expect(shown('é'.repeat(40_000))).toBe(`${'é'.repeat(100)}… (40000 characters)`);
});
