// The words of `chrome/AllTabs.svelte`.

export const words = {
  open: 'Open',
  front: ' in front',
  closed: 'Closed',
  recentFiles: 'Recent files',
  allTabs: 'All tabs',
  tabs: 'Tabs',
  findTab: 'Find a tab…',
  tab3: 'Tab',
  noTabName: 'No tab has this name.',
};
