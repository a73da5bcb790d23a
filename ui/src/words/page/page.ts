// The words of `Page.svelte`.

export const words = {
  watshop: (title: string) => `${title} – Watshop`,
  watshop2: 'Watshop',
  workbench: 'Workbench',
};
