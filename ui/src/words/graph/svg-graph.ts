// The words of `graph/SvgGraph.svelte`.

export const words = {
  timingGraph: 'Timing graph',
  record: 'record',
  record2: (y: string, x: number) => `${y}, record ${x}`,
};
