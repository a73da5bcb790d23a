// The words of `memory/OverviewStrip.svelte`.

export const words = {
  allMemory: (describeParts: string) => `All of the memory: ${describeParts}`,
};
