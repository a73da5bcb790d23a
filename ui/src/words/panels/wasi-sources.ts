// The words of `panels/WasiSources.svelte`.

export const words = {
  terminalTypedPanelConsole: 'A terminal: typed in the panel Console',
  pipeTypedPanelConsole: 'A pipe: typed in the panel Console',
  text: 'This text',
  file: 'A file',
  fileForStandardInput: 'File for standard input',
  chooseAnotherFile: 'Choose another file',
  network: 'Network',
  networkOff:
    'Network: off. A program has no connections to other machines, and cannot be given any.',
  clocksMachine: 'The clocks of this machine',
  allStandStill: 'All stand still',
  stepEachLook: 'A step at each look',
  fromSystem: 'From the system',
  sameEveryRun: 'The same in every run',
  standardInput: 'Standard input',
  comesFrom: 'Comes from',
  clocksRandomBytes: 'Clocks and random bytes',
  clocks: 'Clocks',
  timeDaySecondsSince: 'Time of day, in seconds since 1970',
  utc: (replace: string) => `${replace} UTC`,
  stepMs: 'Step, in ms',
  randomBytes: 'Random bytes',
  seed: 'Seed',
};
