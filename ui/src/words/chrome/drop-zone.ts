// The words of `chrome/DropZone.svelte`.

export const words = {
  dropOpenWatWasm:
    'Drop to open: .wat, .wasm or a sealed artifact; .imports.json for the tab that is shown',
};
