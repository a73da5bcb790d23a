import { expect, test } from 'vitest';
import { choicesOf, drawnOf, firstPair } from './overlay.ts';
import { entry, report } from './testing.ts';

const bench = (at_ms: number) => ({
  ...report(entry('singlepass', { call: 9000 }), entry('llvm', { call: 4000, compile: 1e6 })),
  at_ms,
});
const BENCHES = [bench(1000), bench(2000)];

test('any two contenders of any two benches can be laid over one another', () => {
  const choices = choicesOf(BENCHES, 'call');
  expect(choices.map(({ key }) => key)).toEqual(['2000/0', '2000/1', '1000/0', '1000/1']);
  expect(new Set(choices.map(({ title }) => title)).size).toBe(4);
  expect(choices[0]?.title).toMatch(/^Singlepass JIT, fib\(30\), /);
  expect(choicesOf(BENCHES, 'compile').map(({ key }) => key)).toEqual(['2000/1', '1000/1']);
});

test('at first, the last two benches of the same compiler are compared', () => {
  expect(firstPair(choicesOf(BENCHES, 'call'))).toEqual(['2000/0', '1000/0']);
  expect(firstPair(choicesOf([bench(1)], 'call'))).toEqual(['1/0', '1/1']);
  expect(firstPair(choicesOf([bench(1)], 'compile'))).toBeNull();
});

test('two benches of one compiler differ in colour, marker, pattern and line', () => {
  const [first, second] = drawnOf(BENCHES, 'call', ['2000/0', '1000/0'], 'dark');
  for (const mark of ['colour', 'marker', 'pattern', 'stroke'] as const)
    expect(first?.look[mark]).not.toBe(second?.look[mark]);
});

test('a bench that is gone leaves all contenders of the last one', () => {
  const drawn = drawnOf(BENCHES, 'call', ['2000/0', '7/0'], 'light');
  expect(drawn.map(({ title }) => title)).toEqual(['Singlepass JIT', 'LLVM JIT']);
});
