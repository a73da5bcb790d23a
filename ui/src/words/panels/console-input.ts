// The words of `panels/ConsoleInput.svelte`.

export const words = {
  standardInput: 'Standard input',
  programWaitsLine: 'The program waits for a line.',
  send: 'Send',
  endInput: 'End of input',
  raw: 'Raw keys',
  rawTitle:
    'Each key goes to the program at once, which shows and edits the line by itself. A shell or an interpreter may want that.',
  eachKeyGoes: 'Each key goes to the program. Shift+Tab leaves the line, Stop ends the program.',
  enterSendsLineCtrl: 'Enter sends the line, Ctrl+D ends the input.',
};
