// The words of `panels/ConsoleInput.svelte`.

export const words = {
  standardInput: 'Standard input',
  programWaitsLine: 'The program waits for a line.',
  send: 'Send',
  endInput: 'End of input',
  enterSendsLineCtrl: 'Enter sends the line, Ctrl+D ends the input.',
};
