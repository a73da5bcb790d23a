// The words of `measure/Views.svelte`.

export const words = {
  compare: 'Compare',
  timeline: 'Timeline',
  raceBars: 'Race bars',
  distribution: 'Distribution',
  tradeOff: 'Trade-off',
  sizes: 'Sizes',
  growth: 'Growth',
  instructions: 'Instructions',
  compileTime: 'Compile time',
  graphs: 'Graphs',
};
