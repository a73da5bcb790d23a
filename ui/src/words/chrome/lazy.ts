// The words of `chrome/Lazy.svelte`.

export const words = {
  partNotLoaded: (reason: string) => `This part of the page could not be loaded: ${reason}.`,
  tryAgain: 'Try again',
};
