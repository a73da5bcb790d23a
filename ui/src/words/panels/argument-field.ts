// The words of `panels/ArgumentField.svelte`.

export const words = {
  laneShape: (label: string) => `Lane shape of ${label}`,
};
