// The words of `chrome/DropZone.svelte`.

export const words = {
  dropOpenWatWasm:
    'Drop to open: .wat, .wasm, a sealed artifact, or a course as a folder or .zip; .imports.json for the tab that is shown',
};
