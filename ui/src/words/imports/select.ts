// The words of `imports/Select.svelte`.

export const words = {
  of: (of: string) => `of ${of}`,
};
