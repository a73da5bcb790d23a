// The words of `imports/ExportOfField.svelte`.

export const words = {
  tabClosed: (tab: number) => `tab ${tab}, which is closed`,
  tab: (title: string, number: number) => `${title} (tab ${number})`,
};
