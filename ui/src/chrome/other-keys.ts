/**
 * Keys that are not commands of the page: those of the editor, of the row of tabs and of some
 * panels.
 */
export const OTHER_KEYS: readonly {
  place: string;
  keys: readonly { title: string; keys: readonly string[] }[];
}[] = [
  {
    place: 'In the editor and in the tabs',
    keys: [
      { title: 'Leave the editor with Tab', keys: ['Escape', 'Tab'] },
      { title: 'Find in the text', keys: ['Mod+F'] },
      { title: 'Go to a line', keys: ['Mod+Alt+G'] },
      { title: 'Fold, unfold', keys: ['Mod+Shift+[', 'Mod+Shift+]'] },
      { title: 'Go to the next problem', keys: ['F8'] },
      { title: 'Comment lines', keys: ['Mod+/'] },
      {
        title: 'Move a tab, with the keyboard on it',
        keys: ['Mod+Shift+ArrowLeft', 'Mod+Shift+ArrowRight'],
      },
      { title: 'Close a tab, with the keyboard on it', keys: ['Delete'] },
    ],
  },
  {
    place: 'In the panels Imports and Memory',
    keys: [
      { title: 'Undo a change', keys: ['Mod+Z'] },
      { title: 'Redo a change', keys: ['Mod+Shift+Z', 'Mod+Y'] },
      { title: 'Select all bytes', keys: ['Mod+A'] },
      { title: 'Go to an address, with the keyboard on the bytes', keys: ['Mod+G'] },
      { title: 'Search the memory, with the keyboard on the bytes', keys: ['Mod+F'] },
      { title: 'Open rows that are folded', keys: ['Enter'] },
    ],
  },
  {
    place: 'In the panels Source, Exports, Memory, Console and Timings',
    keys: [
      { title: 'Make their text larger or smaller', keys: ['Mod++', 'Mod+-'] },
      { title: 'Make it of its usual size', keys: ['Mod+0'] },
    ],
  },
  {
    place: 'In the layout Present',
    keys: [{ title: 'Show a panel of the drawer, or close it', keys: ['1 … 6'] }],
  },
];
