// The words of `chrome/Palette.svelte`.

export const words = {
  commandPalette: 'Command palette',
  commands: 'Commands',
  typeCommand: 'Type a command…',
  command: 'Command',
  noCommandContainsThese: 'No command contains these letters.',
};
