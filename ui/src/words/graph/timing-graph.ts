// The words of `graph/TimingGraph.svelte`.

export const words = {
  arrowKeysMoveView:
    'Arrow keys move the view, plus and minus zoom, 0 shows everything. The same figures are in the table Timings.',
  pressRunEveryRun: 'Press Run: every run adds its times here.',
  drawnWithoutZoom: (failure: string) => `Drawn without zoom: ${failure}.`,
  dragPanWheelZoom:
    'Drag to pan, wheel to zoom, Shift-drag to zoom into a box, double-click to see everything.',
};
