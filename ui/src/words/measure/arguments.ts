// The words of `measure/arguments.ts`.

import { count } from '../number.ts';

export const words = {
  argument: (number: number, type: string) => `argument ${number} (${type})`,
  missing: (name: string, missing: readonly string[]) =>
    `${name} needs ${new Intl.ListFormat('en-GB').format(missing)}. Type ${missing.length === 1 ? 'it' : 'them'} after “with”.`,
  tooMany: (name: string, parameters: number, given: number) =>
    `${name} has ${count(parameters, 'parameter')}, not ${given}.`,
  wrong: (number: number, why: string) => `Argument ${number}: ${why}`,
};
