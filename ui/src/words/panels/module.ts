// The words of `panels/Module.svelte`.

import { count } from '../number.ts';

export const words = {
  everyCompiler: 'every compiler',
  and: (more: number) => `and ${count(more, 'more')}`,
  module: 'Module',
  name: 'Name',
  size: 'Size',
  functions: 'Functions',
  wasi: 'WASI',
  programStart: ', a program with _start',
  proposals: 'Proposals',
  blake3: 'BLAKE3',
  limitsWasmerConcernModule: 'Limits of Wasmer that concern this module',
  chosenCompiler: ': the chosen compiler',
  sections: 'Sections',
  section: 'Section',
  offset: 'Offset',
  entries: 'Entries',
  sealedArtifactHoldsMachine:
    'A sealed artifact holds machine code and no module that could be read. The panel **Artifact** shows its passport.',
  modulesImportsExportsSection:
    'The module’s imports, exports, sections and proposals are shown here as soon as its text can be read.',
};
