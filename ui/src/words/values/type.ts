// The words of `values/type.ts`.

import { count } from '../number.ts';

export const words = {
  shared: 'shared',
  /** The type of a memory. A maximum of null is none. */
  pages: (minimum: number, maximum: number | null) =>
    maximum === null
      ? `${count(minimum, 'page')} or more`
      : minimum === maximum
        ? count(minimum, 'page')
        : `${minimum} to ${count(maximum, 'page')}`,
  elements: (minimum: number, maximum: number | null, type: string) =>
    maximum === null
      ? `${count(minimum, 'element')} or more of ${type}`
      : minimum === maximum
        ? `${count(minimum, 'element')} of ${type}`
        : `${minimum} to ${count(maximum, 'element')} of ${type}`,
  mutable: (value: string) => `mutable ${value}`,
  inAll: (types: string, number: number) => `${types}, … ${number} in all`,
};
