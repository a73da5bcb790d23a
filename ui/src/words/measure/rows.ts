// The words of `measure/rows.ts`.

import { grouped } from '../number.ts';

export const words = {
  contender: 'Contender',
  median: 'median',
  interval: '95 % interval',
  least: 'least',
  greatest: 'greatest',
  samples: 'samples',
  outliers: 'outliers',
  error: 'error',
  instructions: 'instructions',
  phase: 'Phase',
  then: '2021',
  here: 'here',
  ratio: 'ratio',
  bytesOfArtifact: 'bytes of the artifact',
  ofTheModule: 'of the module',
  range: (low: string, high: string) => `${low} to ${high}`,
  notOptimised: (title: string) => `${title}, not optimised`,
  forSize: (title: string) => `${title}, for size`,
  never: (title: string, other: string) => `${title} never pays off beside ${other}.`,
  paysOff: (title: string, other: string, calls: number, call: string | null) => {
    if (calls <= 1) return `${title} pays off beside ${other} at once.`;
    return call === null
      ? `${title} pays off beside ${other} after ${grouped(calls)} runs.`
      : `${title} pays off beside ${other} after ${grouped(calls)} calls of ${call}.`;
  },
};
