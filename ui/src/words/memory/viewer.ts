// The words of `memory/viewer.svelte.ts`.

export const words = {
  nothingChanged: 'Nothing has changed.',
  bytesDoNotFit: (bytesCount: number) =>
    `${bytesCount} bytes do not fit before the end of the memory.`,
  cannotUndone: ' This cannot be undone.',
  filledBytesFrom: (length: number, at: string, value: string) =>
    `Filled ${length} bytes from 0x${at}.${value}`,
  nothingUndo: 'Nothing to undo.',
  nothingRedo: 'Nothing to redo.',
  noChangeViewCount: 'No change in view. Count changes since a mark to search the whole memory.',
  writtenWhileGuestRuns:
    'Written while the guest runs: it may write there again, or use a value that it loaded before.',
};
