// The words of `measure/TradeOff.svelte`.

export const words = {
  compileAgainstRun: 'Compile time against run time',
  compile: 'compile',
  call: 'call',
  about: (title: string, compile: string, call: string) =>
    `${title}: compiles in ${compile}, a call takes ${call}`,
};
