// The words of `values/names.ts`.

export const words = {
  snapshotWasiUnstable: 'snapshot 0 (wasi_unstable)',
  preview: 'preview 1',
  native: 'Native',
  objectFile: 'Object file',
  notAll: 'not at all',
  speed: 'for speed',
  speedSize: 'for speed and size',
};
