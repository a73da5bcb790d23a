// The words of `panels/TableExport.svelte`.

import { count } from '../number.ts';

export const words = {
  table: 'table',
  size: (name: string) => `Size of ${name}`,
  now: (size: number) => `${count(size, 'element')} now`,
  elements: 'Elements',
  noElementsYetGrow: 'It has no elements yet: grow it.',
  elementsScrolling: (name: string) => `Elements of ${name}, scrolling`,
  elements2: (name: string) => `Elements of ${name}`,
  index: 'Index',
  reference: 'Reference',
  functionWord: 'Function',
  setElement: 'Set this element',
  previous: (elements: number) => `Previous ${elements}`,
  from: 'From',
  firstElement: (name: string) => `First element of ${name}`,
  next: (elements: number) => `Next ${elements}`,
  element: 'Element',
  element2: (name: string) => `Element of ${name}`,
  nullFunction: 'null or a function',
  nullExtern: 'null or extern 7',
  entry: (name: string) => `Entry for ${name}`,
  setElement2: (name: string) => `Set element of ${name}`,
  set: 'Set',
  longer: 'Longer by',
  elementsGrow: (name: string) => `Elements to grow ${name} by`,
  grow: (name: string) => `Grow ${name}`,
  grow2: 'Grow',
};
