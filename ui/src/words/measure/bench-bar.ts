// The words of `measure/BenchBar.svelte`.

export const words = {
  bench: 'Bench',
  compare: 'Compare',
  comparesBriefly: 'Runs this call with every installed compiler, and shows one table',
  compilers: 'Compilers',
  engines: 'Engines',
  secondsOfCalls: 'Seconds of calls of each contender',
  startBench: 'Start bench',
  startRace: 'Start race',
  raceHelp:
    'Each contender compiles and makes the call once. The tab runs the first code that is ready, and moves up to better code.',
  stopBench: 'Stop bench',
  exportReport: 'Export report',
  formsOfReport: 'Forms of the report',
  onePage: 'one page with tables, graphs and all samples',
  toCompare: 'to compare with another bench',
  lineForEach: 'a line for each sample',
};
