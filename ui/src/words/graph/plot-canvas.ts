// The words of `graph/PlotCanvas.svelte`.

export const words = {
  graphicsContextLost: 'its graphics context was lost',
  timingGraph: 'Timing graph',
};
