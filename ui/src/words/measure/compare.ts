// The words of `measure/Compare.svelte` and `measure/compare.ts`.

export const words = {
  compare: 'Compare',
  stop: 'Stop comparing',
  copyMarkdown: 'Copy as Markdown',
  teach:
    'Compare compiles the module with every installed compiler, calls the function with each, and shows here how long that took and whether the results agree.',
  teachProgram:
    'Compare compiles the module with every installed compiler, runs it with each, and shows here how long that took.',
  measures: 'Each compiler compiles the module and runs the call…',
  outdated: 'Measured before the last change. Compare again.',
  compilers: 'Compilers compared',
  compiler: 'compiler',
  compile: 'compile',
  call: 'call',
  size: 'code size',
  result: 'result',
  figures: 'Times are medians. Code size is that of the artifact. A bench measures more calls.',
  noResult: 'no result',
  noneCompiled: 'No compiler compiled the module. The last column says why.',
  onlyOne: 'Only one compiler took part, so there is nothing to compare with.',
  noCall: 'No function was called, so there are no results to compare.',
  tooFew: 'Fewer than two compilers gave a result, so there is nothing to compare.',
  varies: 'The results change from call to call, so they are not compared.',
  agree: (call: string, how: 'traps' | 'returns', result: string | null, compilers: number) => {
    const who = compilers === 2 ? 'both compilers' : `all ${compilers} compilers`;
    if (how === 'traps') return `${call} traps: ${who} agree.`;
    return result === null
      ? `${call} returns: ${who} agree.`
      : `${call} = ${result}: ${who} agree.`;
  },
  differ: (call: string) => `The compilers differ: ${call} gives other results, bit by bit.`,
  made: (watshop: string, wasmer: string, cpu: string, cores: number) =>
    `Watshop ${watshop} with Wasmer ${wasmer}, ${cpu}, ${cores} cores. Times are medians.`,
};
