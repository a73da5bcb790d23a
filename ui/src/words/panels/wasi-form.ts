// The words of `panels/WasiForm.svelte`.

export const words = {
  programName: 'Program name',
};
