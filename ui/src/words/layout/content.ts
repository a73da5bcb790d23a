// The words of `layout/Content.svelte`.

export const words = {
  panelFailed: (name: string) => `The panel ${name} failed:`,
};
