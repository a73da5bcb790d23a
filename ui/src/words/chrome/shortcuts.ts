// The words of `chrome/Shortcuts.svelte`.

export const words = {
  keyboardShortcuts: 'Keyboard shortcuts',
  shortcuts: 'Shortcuts',
};
