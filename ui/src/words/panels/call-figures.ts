// The words of `panels/CallFigures.svelte`.

export const words = {
  calls: 'calls',
  ns: (nanoseconds: number) => `${nanoseconds} ns`,
};
