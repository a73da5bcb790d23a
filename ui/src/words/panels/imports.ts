// The words of `panels/Imports.svelte`.

import { count } from '../number.ts';

export const words = {
  missing: (missing: number) => `${missing} missing`,
  doesNotFit: '1 does not fit',
  doNotFit: (wrong: number) => `${wrong} do not fit`,
  allProvided: (count_: number) => `${count(count_, 'import')}, all provided`,
  undoChangeImports: 'Undo change of imports',
  undoCtrlZPanel: 'Undo (Ctrl+Z in this panel)',
  undo: 'Undo',
  redoChangeImports: 'Redo change of imports',
  redoCtrlShiftZ: 'Redo (Ctrl+Shift+Z in this panel)',
  redo: 'Redo',
  openImports: 'Open imports…',
  open: 'Open…',
  saveImports: 'Save imports',
  importsFile: 'Imports file',
  importsState: 'Imports state',
  searchImports: 'Search imports',
  chosenProviders: 'Chosen providers',
  nothingMissing: 'Nothing was missing.',
  provided: (count_: number) => `Provided ${count(count_, 'import')}:`,
  importsModuleListedHere: 'The imports of a module are listed here, with their providers.',
  moduleCannotReadYet: 'The module cannot be read yet: the panel **Problems** says why.',
  moduleImportsNothing: 'This module imports nothing.',
  writeImportEnvLog:
    'Write `(import "env" "log" (func (param i32)))` to use a function that is made here, in JavaScript or with a few fields.',
  namespace: (module: string) => `Namespace ${module}`,
  noName: '(no name)',
  moreSearchSeeThem: (more: number) => `${count(more, 'import')} more: search to see them.`,
  notImported: 'Not imported',
  theyKeptCaseModule: 'They are kept in case the module imports them again.',
  remove: (module: string, name: string) => `Remove ${module}.${name}`,
  and: (number: number) => `and ${count(number, 'more')}`,
  removeAllThese: 'Remove all of these',
};
