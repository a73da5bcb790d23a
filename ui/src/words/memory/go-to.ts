// The words of `memory/GoTo.svelte`.

import { count } from '../number.ts';

export const words = {
  atX: (address: string) => `At 0x${address}.`,
  bookmark: 'Bookmark',
  noLongerBookmarked: (address: string) => `No longer bookmarked: 0x${address}.`,
  bookmarked: (address: string) => `Bookmarked: 0x${address}.`,
  goAddress: 'Go to address',
  numberGlobalNameData: 'A number, global NAME, data segment N, or a sum of them',
  goAddress2: (suffix: string) => `Go to address${suffix}`,
  go: 'Go',
  goRange: (suffix: string) => `Go to range${suffix}`,
  ranges: 'Ranges',
  atX2: (name: string, address: string) => `${name} at 0x${address}`,
  dataSegmentBytes: (index: number, name: string | null, at: string, length: number) =>
    `data segment ${index}${name ? ` $${name}` : ''} at 0x${at}, ${count(length, 'byte')}`,
};
