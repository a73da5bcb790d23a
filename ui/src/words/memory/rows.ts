// The words of `memory/rows.ts`.

import { count } from '../number.ts';

export const words = {
  pressEnterClickShow: 'Press Enter or click to show them',
  sameAbove: (number: number, number2: number) =>
    `* ${count(number, 'row')} the same as above, ${count(number2, 'byte')}`,
};
