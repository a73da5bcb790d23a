// The words of `panels/ArgumentField.svelte`.

export const words = {
  example: (value: string) => `e.g. ${value}`,
  laneShape: (label: string) => `Lane shape of ${label}`,
};
