// The words of `state/app.svelte.ts`.

export const words = {
  tabUsesImportObject: (nameOf: string) => `The tab uses the import object of ${nameOf} now.`,
  importObjectModuleOpen: (nameOf: string) =>
    `${nameOf} is the import object of a module. Open the module first.`,
  lessonFirst: 'The lesson is as it was at first.',
  undo: 'Undo',
  copied: 'Copied.',
  tabOfLinkGone: 'The tab of this link is closed, so its graph cannot be shown.',
};
