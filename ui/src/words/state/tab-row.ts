// The words of `state/tab-row.svelte.ts`.

export const words = {
  tabs: (closedCount: number) => `${closedCount} tabs`,
  closed: (what: string) => `Closed ${what}.`,
  undo: 'Undo',
  runCore: (module: number) => `Run core module ${module}`,
  noClosedTabReopen: 'There is no closed tab to reopen.',
};
