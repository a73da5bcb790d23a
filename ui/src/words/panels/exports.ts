// The words of `panels/Exports.svelte`.

import { count } from '../number.ts';

export const words = {
  searchExports: 'Search exports',
  startFunction: 'Start function',
  ranItselfWhenInstance: 'ran by itself when the instance was made.',
  runsItselfWhenInstance: 'runs by itself when an instance is made.',
  exportsModuleListedHere: 'The exports of a module are listed here.',
  moduleExportsNothingSo:
    'This module exports nothing, so nothing outside can call it or look into it.',
  nameFunctionExportName: 'Name a function with `(export "name")` to see it here.',
  pressRunCtrlEnter:
    'Press **Run** ([[Ctrl+Enter]]) to start the module. Its exports are listed here then.',
  built: 'Built for',
  doesNotRunHere: '; it does not run here. The panel **Artifact** shows the code.',
  downloadSealedArtifact: 'Download sealed artifact',
  pressRunProgram: 'Press **Run** ([[Ctrl+Enter]]) to start the program.',
  pressRunCtrlEnter2:
    'Call a function here: that runs the module first. **Run** ([[Ctrl+Enter]]) only runs it.',
  youChangedTextPress: 'You changed the text. Press **Run** again to use it.',
  moreSearchSeeThem: (number: number) => `${count(number, 'export')} more: search to see them.`,
};
