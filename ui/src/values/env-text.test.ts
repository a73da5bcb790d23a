import { expect, test } from 'vitest';
import { readVariables, withVariables } from './env-text.ts';

test('an .env text has a variable on each line, with quotes and comments', () => {
  const text = `# where
HOME=/home/me
export LANG = en # a comment

EMPTY=
SUM=1+1=2
GREETING="hello \\"you\\"\\nthere" # said
RAW='a $b #c'
HOME=/root`;
  expect(readVariables(text)).toEqual({
    variables: [
      { name: 'LANG', value: 'en' },
      { name: 'EMPTY', value: '' },
      { name: 'SUM', value: '1+1=2' },
      { name: 'GREETING', value: 'hello "you"\nthere' },
      { name: 'RAW', value: 'a $b #c' },
      { name: 'HOME', value: '/root' },
    ],
  });
  expect(readVariables('A=1\nno variable')).toEqual({ wrongLine: 2 });
  expect(readVariables('=1')).toEqual({ wrongLine: 1 });
});

test('an added variable replaces one of the same name', () => {
  const [a, b] = [
    { name: 'A', value: '1' },
    { name: 'B', value: '2' },
  ];
  const again = { name: 'A', value: '3' };
  expect(withVariables([a, b], [again])).toEqual([b, again]);
});
