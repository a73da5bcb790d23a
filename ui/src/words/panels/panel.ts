// The words of `panels/Panel.svelte`.

export const words = {
  content: (name: string) => `${name} content`,
};
