// The words of `memory/Tools.svelte`.

import { count } from '../number.ts';

export const words = {
  writeLengthBytesSuch: 'Write a length in bytes, such as 256 or 0x100.',
  rangeReachesPastEnd: 'The range reaches past the end of the memory.',
  writeBytesFillHex: 'Write the bytes to fill with as hex, such as 00 or de ad be ef.',
  mostCopiedSaveFile: (most_copied: string, length: string) =>
    `At most ${most_copied} are copied: save ${length} as a file.`,
  copied: (length: number, copie: string) => `Copied ${count(length, 'byte')} as ${copie}.`,
  savingCancelled: 'Saving was cancelled.',
  saved: (length: number, name: string) => `Saved ${count(length, 'byte')} as ${name}.`,
  tooLongPlaceChoose: (name: string, over: string) =>
    `${name} is ${over} too long for the place: choose another, or grow the memory.`,
  loadingCancelledPartFile: 'Loading was cancelled; a part of the file is in the memory.',
  loaded: (bytesCount: number, from: string) => `Loaded ${count(bytesCount, 'byte')} at 0x${from}.`,
  rangeFileCanMost: (size: string, largest_file: string) =>
    `The range has ${size}, and a file can have at most ${largest_file}.`,
  memoryNow: (pages: number, number: string) =>
    `The memory has ${count(pages, 'page')} now (${number}).`,
  from: 'From',
  rangeFrom: 'Range from',
  length: 'Length',
  rangeLength: 'Range length',
  fill: 'Fill with',
  fill2: 'Fill',
  copy: 'Copy as',
  copy2: 'Copy',
  saveRange: 'Save range…',
  loadFile: 'Load file…',
  fileLoad: 'File to load',
  fileProgress: 'File progress',
  cancel: 'Cancel',
  grow: 'Grow by',
  pagesGrow: 'Pages to grow by',
  pages: 'pages',
  grow2: 'Grow',
};
