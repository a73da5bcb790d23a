// The words of `panels/CodeSizes.svelte`.

import { count } from '../number.ts';

export const words = {
  functionHeading: 'Function',
  functions: 'Functions',
  functionsCodeSize: 'Functions by code size',
  foot: (functions: number, size: string, missing: number) =>
    missing > 0
      ? `All of ${count(functions, 'function')}: ${size}; ${count(missing, 'smaller one')} not shown`
      : `All of ${count(functions, 'function')}: ${size}`,
};
