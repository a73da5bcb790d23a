// The words of `panels/BinarySummary.svelte`.

export const words = {
  summary: 'Summary',
  sealedArtifactMachineCode: (compiler: string) =>
    `This is a **sealed artifact**: machine code that ${compiler} made for`,
  artifactWasmersOwnKind:
    'This is an **artifact of Wasmer’s own kind**, without a passport: machine code for',
  holdsNoModuleText: (triple: string) => `\`${triple}\`. It holds no module text.`,
  doesNotRunMachine: (foreign: string) => `It does not run on this machine. ${foreign}`,
  readyLoadedPressRun: 'It is ready to be loaded. Press Run: nothing is compiled.',
  fileDamagedNoModule:
    'This file is damaged, or is no module: it cannot be read to its end. The panel **Problems** says where, and why. It cannot be run.',
  moduleTooLargeRead:
    'This module is too large to be read as text: printed as WAT it would be many times its size, and slow to scroll and edit. It can be run, called and measured like any other. The panel **Module** shows its structure, and here its functions are read one by one.',
  tabNoText: 'This tab has no text.',
  size: 'Size',
  moduleSize: 'Size of the module',
  functions: 'Functions',
  imports: 'Imports',
  exports: 'Exports',
  wasi: 'WASI',
  programStart: ', a program with _start',
};
