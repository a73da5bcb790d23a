// The words of `panels/MemoryExport.svelte`.

import { count } from '../number.ts';

export const words = {
  openViewer: 'Open in viewer',
  pressRunFirstMake: 'Press Run first, to make an instance.',
  copyName: 'Copy name',
  memory: 'memory',
  size: (name: string) => `Size of ${name}`,
  now: (pages: number, number: string) => `${count(pages, 'page')} now (${number})`,
  openViewer2: (name: string) => `Open in viewer: ${name}`,
  grow: 'Grow by',
  pagesGrow: (name: string) => `Pages to grow ${name} by`,
  grow2: (name: string) => `Grow ${name}`,
  grow3: 'Grow',
};
