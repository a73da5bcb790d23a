// The words of `values/controls.ts`.

export const words = {
  run: 'Run',
  stop: 'Stop',
  end: 'End it',
  provideAll: 'Provide all',
  save: 'Save',
  trustRun: 'Trust it and run',
  memoryPages: 'Memory, in pages',
  tableElements: 'Table, in elements',
  timeCallMs: 'Time of a call, in ms',
  stackKib: 'Stack, in KiB',
  memoriesTablesMib: 'Memories and tables, in MiB',
  code: 'Code',
  countInstructions: 'Count instructions',
  proposals: 'Proposals',
  missingFunctionImports: 'Missing function imports',
  doNotStartModule: 'Do not start the module',
  letThemTrap: 'Let them trap',
};
