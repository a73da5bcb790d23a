// The words of `panels/FileView.svelte`.

export const words = {
  text: 'Text',
  hex: 'Hex',
  close: (at: string) => `Close ${at}`,
  content: (at: string) => `Content of ${at}`,
  firstDownloadAll: (most: string, bytesCount: string) =>
    `The first ${most} of ${bytesCount}. Download has all.`,
};
