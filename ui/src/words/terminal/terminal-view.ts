// The words of `terminal/TerminalView.svelte`.

export const words = {
  nothingSelected: 'Nothing is selected.',
  copy: 'Copy',
  findConsole: 'Find in console',
  terminal: 'Terminal',
};
