// The words of `chrome/Paper.svelte`.

export const words = {
  listing: 'Listing',
};
