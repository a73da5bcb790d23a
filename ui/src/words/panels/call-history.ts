// The words of `panels/CallHistory.svelte`.

export const words = {
  median: (number: string) => `median ${number}`,
  history: (name: string) => `History of ${name}`,
  again: (name: string) => `Again ${name}`,
  again2: (name: string, given: string) => `Again ${name} with ${given}`,
  again3: 'Again',
  clearHistory: (name: string) => `Clear history of ${name}`,
  clear: 'Clear',
};
