// The words of `terminal/Controls.svelte`.

export const words = {
  logs: 'Logs',
  findConsole: 'Find in console',
  find: 'Find',
  saveOutput: 'Save output',
  save: 'Save',
};
