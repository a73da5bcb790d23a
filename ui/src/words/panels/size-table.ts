// The words of `panels/SizeTable.svelte`.

export const words = {
  size: 'Size',
  share: 'Share',
  bytes: (size: number) => `${size} bytes`,
};
