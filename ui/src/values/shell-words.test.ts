import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { joinWords, splitWords } from './shell-words.ts';

const LISTS = [
  [],
  ['-e', 'console.log(6*7)'],
  ['', ' ', 'a b', "it's", '"', '\\', '$HOME', '*', '~', '#', '-n', 'grün', "''"],
  ['a\nb', '\t', 'x=1;y', '!', '`date`', '\\n'],
];

test.each(LISTS.map((words) => [words]))('words come back from their line: %j', (words) => {
  expect(splitWords(joinWords(words))).toEqual({ words });
});

test.each(LISTS.map((words) => [words]))('a shell splits the line alike: %j', (words) => {
  const script = `for word in ${joinWords(words)}; do printf '%s\\0' "$word"; done`;
  const told = execFileSync('sh', ['-c', script], { encoding: 'utf8' });
  expect(told).toBe(words.map((word) => `${word}\0`).join(''));
});

test('quotes, backslashes and line ends are those of a shell', () => {
  expect(splitWords(`  one "two  \\"2\\"" 'th\\ree' fo\\ ur\nfive"5"`)).toEqual({
    words: ['one', 'two  "2"', 'th\\ree', 'fo ur', 'five5'],
  });
  expect(splitWords('say "hello')).toEqual({ quote: '"' });
  expect(splitWords('\\')).toEqual({ words: ['\\'] });
});
