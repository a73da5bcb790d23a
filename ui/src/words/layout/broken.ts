// The words of `layout/Broken.svelte`.

export const words = {
  panelCannotShowTab: (name: string, value: unknown) =>
    `The panel ${name} cannot show this tab: ${value}.`,
  otherPanelsGoPlease:
    'The other panels go on. Please report it, with the file that brought it up.',
  tryAgain: 'Try again',
};
