// The words of `memory/MemoryView.svelte`.

import { count } from '../number.ts';

export const words = {
  secondView: ', second view',
  hex: 'Hex',
  text: 'Text',
  memoryShow: (suffix: string) => `Memory to show${suffix}`,
  columns: 'Columns',
  show: 'Show',
  bytes: 'Bytes',
  bit: '16-bit',
  bit2: '32-bit',
  bit3: '64-bit',
  type: (suffix: string) => `Type as${suffix}`,
  changesSince: 'Changes since',
  lastRefresh: 'last refresh',
  lastCall: 'last call',
  mark: 'mark',
  markNow: 'Mark now',
  nextChange: 'Next change',
  differences: 'Differences…',
  rowsRepeatOneAbove: 'Rows that repeat the one above become one line, as in hexdump',
  foldSameRows: 'Fold same rows',
  range: 'Range…',
  inspector: 'Inspector',
  differences2: (suffix: string) => `Differences${suffix}`,
  memoryNoPagesEmpty:
    'This memory has no pages: it is empty until it grows, by `memory.grow` in the guest or by the button **Grow** below **Range…**.',
  memoryBytes: (suffix: string) => `Memory bytes${suffix}`,
  inspector2: (suffix: string) => `Inspector${suffix}`,
  scrollingInspector: (suffix: string) => `Inspector, scrolling${suffix}`,
  memoryStatus: (suffix: string) => `Memory status${suffix}`,
  selected: (selected: number) => `${count(selected, 'byte')} selected`,
};
