// The words of `panels/Timings.svelte`.

export const words = {
  linear: 'Linear',
  log: 'Log',
  scale: 'Scale',
  clearTimings: 'Clear timings',
  clearAll: 'Clear all timings',
  earlierSessions: 'Earlier sessions',
  earlierHelp: 'Shows the runs and calls of all tabs and sessions, the newest 100,000',
  controls: 'Controls',
  controlsHelp: 'Shows all controls, or only one line of each row, which then scrolls sideways',
  timingsGraph: 'Timings graph',
};
