// The words of `chrome/DownloadMenu.svelte`.

export const words = {
  download: 'Download',
  downloads: 'Downloads',
  leaveOutNames: 'Leave out names',
  otherCustomSectionsWasm: 'and other custom sections (Wasm text and Module)',
};
