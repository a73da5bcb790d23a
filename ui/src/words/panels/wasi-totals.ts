// The words of `panels/WasiTotals.svelte`.

export const words = {
  nothing: 'No call is recorded.',
  totals: 'Totals of WASI calls',
  function: 'Function',
  calls: 'Calls',
  failed: 'Failed',
  time: 'Time',
  each: 'Each',
};
