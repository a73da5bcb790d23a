import { expect, test } from 'vitest';
import { readLink, writeLink, type GraphLink } from './graph-link.ts';

const LINK: GraphLink = {
  ...{ tab: 3, graph: 'distribution', scale: 'log' },
  ...{ across: [0.125, 0.5], up: [0, 1] },
  hidden: ['LLVM JIT', 'Cranelift JIT, for size'],
  more: [
    ['phase', 'call'],
    ['first', '17/0'],
  ],
};

test('a link restores the view that it was made of', () => {
  expect(readLink(`#${writeLink(LINK)}`)).toEqual(LINK);
  const plain: GraphLink = { ...LINK, scale: 'linear', hidden: [], more: [] };
  expect(readLink(writeLink(plain))).toEqual(plain);
});

test('other addresses are not links to a graph', () => {
  for (const hash of [
    '',
    '#',
    '#graph=growth',
    '#graph=growth&tab=x&across=0 1&up=0 1',
    '#graph=growth&tab=1&across=0&up=0 1',
    '#graph=growth&tab=1&across=0 Infinity&up=0 1',
  ])
    expect(readLink(hash)).toBeNull();
});
