// The words of `panels/Editor.svelte`.

export const words = {
  nothingSelected: 'Nothing is selected.',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  commentLines: 'Comment lines',
  goNextProblem: 'Go to the next problem',
  loading: (title: string) => `Loading ${title}…`,
  noTabOpen: 'No tab is open.',
  makeNewOneOpen:
    'Make a new one with **+**, open a file, drop one on this page, or pick a lesson: each opens in a tab of its own.',
  writeModule: 'Write a module',
};
