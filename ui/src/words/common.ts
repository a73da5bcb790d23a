// Words that several files share.

import { count } from './number.ts';

export const words = {
  none: 'none',
  calls: (number: number) => count(number, 'call'),
  elements: (number: number) => count(number, 'element'),
  exports: (number: number) => count(number, 'export'),
  functions: (number: number) => count(number, 'function'),
  imports: (number: number) => count(number, 'import'),
  pages: (number: number) => count(number, 'page'),
  problems: (number: number) => count(number, 'problem'),
  sections: (number: number) => count(number, 'section'),
  /** The groups of commands. */
  groups: { Run: 'Run', Tabs: 'Tabs', Edit: 'Edit', View: 'View' },
};
