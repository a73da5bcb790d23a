// The words of `chrome/Dialog.svelte`.

export const words = {
  close: 'Close',
};
