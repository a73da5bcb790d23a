// The words of `panels/ValueText.svelte`.

export const words = {
  lanes: (of: string) => `Lanes of ${of}`,
};
