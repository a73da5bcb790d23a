// The words of `panels/TimingTable.svelte`.

export const words = {
  startingCompilerOnceBefore: 'Starting the compiler: once, before its first compilation',
  timingsTable: 'Timings table',
  timings: 'Timings',
  when: 'When',
  what: 'What',
  compiler: 'Compiler',
  engine: 'Engine',
  cache: 'Cache',
  total: 'total',
  call: (export_: string) => `call ${export_}`,
  timeAllCallsMedian: 'The time is that of all calls; the median is of one',
  median: (calls: number, figure: string) => `× ${calls}, median ${figure}`,
  everyRunEveryCall: 'Every Run and every Call adds a row.',
  hit: 'hit',
  miss: 'miss',
  off: 'off',
  sealed: 'sealed',
  run: 'run',
  unknown: 'unknown',
};
