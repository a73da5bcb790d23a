// The words of `graph/Legend.svelte`.

export const words = {
  linesTimingGraph: 'Lines of the timing graph',
  show: (name: string) => `Show ${name}`,
  hide: (name: string) => `Hide ${name}`,
};
