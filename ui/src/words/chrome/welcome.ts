// The words of `chrome/Welcome.svelte`.

export const words = {
  watshopDoesNotAnswer: 'Watshop does not answer.',
  connectingWatshop: 'Connecting to Watshop…',
};
