// The keys that are not commands of the page.

import { words } from '../words/chrome/other-keys.ts';

/**
 * Keys that are not commands of the page: those of the editor, of the row of tabs and of some
 * panels.
 */
export const OTHER_KEYS: readonly {
  place: string;
  keys: readonly { title: string; keys: readonly string[] }[];
}[] = [
  {
    place: words.editorTabs,
    keys: [
      { title: words.leaveEditorTab, keys: ['Escape', 'Tab'] },
      { title: words.findText, keys: ['Mod+F'] },
      { title: words.goLine, keys: ['Mod+Alt+G'] },
      { title: words.foldUnfold, keys: ['Mod+Shift+[', 'Mod+Shift+]'] },
      { title: words.goNextProblem, keys: ['F8'] },
      { title: words.commentLines, keys: ['Mod+/'] },
      {
        title: words.moveTabKeyboard,
        keys: ['Mod+Shift+ArrowLeft', 'Mod+Shift+ArrowRight'],
      },
      { title: words.closeTabKeyboard, keys: ['Delete'] },
    ],
  },
  {
    place: words.panelsImportsMemory,
    keys: [
      { title: words.undoChange, keys: ['Mod+Z'] },
      { title: words.redoChange, keys: ['Mod+Shift+Z', 'Mod+Y'] },
      { title: words.selectAllBytes, keys: ['Mod+A'] },
      { title: words.goAddressKeyboardBytes, keys: ['Mod+G'] },
      { title: words.searchMemoryKeyboardBytes, keys: ['Mod+F'] },
      { title: words.openRowsFolded, keys: ['Enter'] },
    ],
  },
  {
    place: words.panelsSourceExportsMemory,
    keys: [
      { title: words.makeTheirTextLarger, keys: ['Mod++', 'Mod+-'] },
      { title: words.makeUsualSize, keys: ['Mod+0'] },
    ],
  },
  {
    place: words.layoutPresent,
    keys: [{ title: words.showPanelDrawerClose, keys: ['1 … 6'] }],
  },
];
