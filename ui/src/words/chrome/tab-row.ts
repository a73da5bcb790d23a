// The words of `chrome/TabRow.svelte`.

export const words = {
  copyPath: 'Copy path',
  openTabs: 'Open tabs',
  notSavedFile: ', not saved to its file',
  running: ', running',
  closeTabs: 'Close tabs',
  newName: (title: string) => `New name of ${title}`,
  close: (title: string) => `Close ${title}`,
  close2: 'Close',
  newTab: 'New tab',
  allTabs: 'All tabs',
  openFiles: 'Open files',
  opening: (name: string) => `Opening ${name}`,
  commandPalette: 'Command palette',
  toggleTheme: 'Toggle theme',
  guide: 'Guide',
  keyboardShortcuts: 'Keyboard shortcuts',
};
