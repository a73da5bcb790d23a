// The words of `layout/PanelActions.svelte`.

export const words = {
  maximise: (title: string) => `Maximise: ${title}`,
  backLayoutAltM: 'Back to the layout (Alt+M)',
  onlyAltM: (title: string) => `Only ${title} (Alt+M)`,
  guide: (title: string) => `Guide: ${title}`,
  whatGuideSaysAbout: (title: string) => `What the guide says about ${title}`,
};
