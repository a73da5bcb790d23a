// The words of `memory/DifferenceList.svelte`.

import { count } from '../number.ts';

export const words = {
  mark: 'the mark',
  lastCall: 'the last call',
  comparing: 'Comparing…',
  nothingDiffersSince: (since: string) => `Nothing differs since ${since}.`,
  differ: (more: boolean, ranges: number, since: string, bytes: number) =>
    `${more ? 'More than ' : ''}${count(ranges, 'range')} ${ranges === 1 ? 'differs' : 'differ'} since ${since}, ${count(bytes, 'byte')}.`,
  copied: (listedCount: number) => `Copied ${count(listedCount, 'range')}.`,
  pressMarkNowCount:
    'Press **Mark now**, or count changes since the last call: differences are then listed here.',
  found: (label: string) => `${label} found`,
  compareNow: 'Compare now',
  copyList: 'Copy list',
  scrolling: (label: string) => `${label}, scrolling`,
  list: (label: string) => `${label} list`,
  address: 'Address',
  length: 'Length',
  before: 'Before',
  now: 'Now',
  go: (address: string) => `Go to 0x${address}`,
  moreMarkAgain: (more: boolean, rest: number) =>
    `${more ? 'More than ' : ''}${count(rest, 'range')} more: mark again to count from here.`,
};
