// The words of `panels/Memory.svelte`.

export const words = {
  oneView: 'One view',
  twoViews: 'Two views',
  linearMemoriesInstanceShown:
    'The linear memories of an instance are shown here, byte by byte, while its guest runs.',
  pressRunCtrlEnter: 'Press **Run** ([[Ctrl+Enter]]) to make an instance.',
  instanceExportsNoMemory:
    'This instance exports no memory and imports none, so there is nothing to look into.',
  nameOneMemoryExport: 'Name one with `(memory (export "memory") 1)` to see it here.',
};
