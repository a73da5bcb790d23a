// The words of `measure/Measure.svelte`.

export const words = {
  benchGraph: 'Bench graph',
  startShows:
    'Start bench measures this module by each chosen compiler, and shows the figures here.',
  measures: 'The bench measures. Its figures come here at its end.',
  announcement: 'The announcement of 2021 and this machine',
  phase: 'Phase',
  phasesOfEach: 'Phases of each contender',
  sizeOfEach: 'Size of each artifact',
  timings: 'Timings',
  kilobytes: (number: string) => `${number} kB`,
  drifted: (title: string, change: string) =>
    `${title}: the times of calls changed, ${change}× at the end.`,
  failed: (title: string, message: string) => `${title}: ${message}`,
  differ: (titles: string) => `Different results, bit by bit: ${titles}.`,
  saveBoth: 'Save both results',
  machine: (cpu: string, cores: number, noise: string) =>
    `${cpu}, ${cores} cores; noise ${noise} %.`,
  busy: (name: string, percent: number) =>
    `The machine was busy: ${name} took ${percent} % of a core.`,
  executables: 'Sizes of the runner and the compilers',
};
