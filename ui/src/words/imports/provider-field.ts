// The words of `imports/ProviderField.svelte`.

export const words = {
  seedNotNegative: 'A seed is not negative.',
};
