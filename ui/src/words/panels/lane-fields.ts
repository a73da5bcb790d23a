// The words of `panels/LaneFields.svelte`.

export const words = {
  lanes: (label: string) => `Lanes of ${label}`,
  lane: (label: string, lane: number) => `${label} lane ${lane}`,
};
