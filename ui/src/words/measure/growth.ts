// The words of `measure/Growth.svelte`, `measure/GrowthGraph.svelte` and `measure/growth.ts`.

export const words = {
  growth: 'Growth',
  chooseFunction: 'Growth needs an export with a number as a parameter.',
  teach:
    'Measure growth calls the export with ever greater arguments, and finds the law of its time.',
  measures: 'The times are measured. Their graph comes here at the end.',
  measureGrowth: 'Measure growth',
  argument: 'Argument',
  numbered: (number: number, type: string) => `${number} (${type})`,
  from: 'from',
  to: 'to',
  values: 'values',
  timeAgainst: 'Time of a call against its argument',
  n: 'argument n',
  point: (title: string, n: number, time: string, low: string, high: string) =>
    `${title}, n = ${n}: ${time}, with 95 % from ${low} to ${high}`,
  contender: 'Contender',
  law: 'law',
  formula: 'time of a call',
  sure: 'best of the five laws',
  off: 'typical error',
  noLaw: 'too few values',
  laws: {
    constant: 'constant',
    linear: 'n',
    log_linear: 'n log n',
    quadratic: 'n²',
  },
  exponential: (base: string) => `${base}ⁿ`,
  percent: (percent: string) => `${percent} %`,
  sum: (offset: string, slope: string, law: string) => `${offset} + ${slope} · ${law}`,
  lawsOf: 'Laws of growth',
  timings: 'Timings',
  failed: (title: string, message: string) => `${title}: ${message}`,
  describesBadly: (title: string) =>
    `No law describes the times of ${title} well. Try another range.`,
};
