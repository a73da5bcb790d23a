// The words of `measure/GraphRow.svelte`.

export const words = {
  saveAs: (form: string) => `Save as ${form}`,
  fullScreen: 'Full screen',
};
