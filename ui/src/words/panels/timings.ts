// The words of `panels/Timings.svelte`.

export const words = {
  linear: 'Linear',
  log: 'Log',
  scale: 'Scale',
  clearTimings: 'Clear timings',
  timingsGraph: 'Timings graph',
};
