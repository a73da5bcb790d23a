// The words of `terminal/Controls.svelte`.

export const words = {
  logs: 'Logs',
  findConsole: 'Find in console',
  find: 'Find',
  saveOutput: 'Save output',
  saveOutputHelp:
    'Saves all that was written since the console was emptied, also what is not shown',
  save: 'Save',
  cancelSaving: 'Cancel saving',
  saved: (part: string) => `${part} Cancel`,
};
