// The words of `chrome/Notices.svelte`.

export const words = {
  dismissAllErrors: (errorsCount: number) => `Dismiss all ${errorsCount} errors`,
  error: 'Error:',
  dismiss: 'Dismiss',
};
