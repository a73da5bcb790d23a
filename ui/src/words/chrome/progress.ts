// The words of `chrome/Progress.svelte`.

export const words = {
  reading: 'Reading',
  startingCompiler: 'Starting the compiler',
  compiling: 'Compiling',
  sealing: 'Sealing',
  loading: 'Loading',
  instantiating: 'Instantiating',
  running: 'Running',
  calling: (export_: string) => `Calling ${export_}`,
  making: (in_word: string) => `Making ${in_word}`,
  progress: 'Progress',
  perCent: (text: string, percent: number) => `${text}, ${percent} per cent`,
};
