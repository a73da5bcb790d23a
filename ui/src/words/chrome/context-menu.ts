// The words of `chrome/ContextMenu.svelte`.

export const words = {
  contextMenu: 'Context menu',
};
