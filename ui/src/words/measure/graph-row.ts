// The words of `measure/GraphRow.svelte`.

export const words = {
  saveAs: (form: string) => `Save as ${form}`,
  showAll: 'Show everything',
  howToZoom: 'Drag to move. Turn the wheel with Ctrl, or after a click on the graph, to zoom.',
  save: 'Save as',
  forms: { svg: 'SVG', png: 'PNG', csv: 'CSV' },
  copyLink: 'Copy link',
  linkHelp: 'Copies an address that opens this graph with the part in view and the lines shown',
  windowHasNone:
    'A window has no address. Open this data folder with `watshop serve` to get links.',
  fullScreen: 'Full screen',
};
