// The words of `panels/HeldFiles.svelte`.

export const words = {
  virtualFolder: 'Virtual folder',
  addFiles: 'Add files',
  filesCanDroppedHere: (bytes: string, most_held_bytes: string, guest: string) =>
    `${bytes} of ${most_held_bytes} in ${guest}. Files can be dropped here.`,
  files: (guest: string) => `Files of ${guest}`,
  name: 'Name',
  size: 'Size',
  show: (at: string) => `Show ${at}`,
  link: ' (link)',
  changed: 'changed',
  download: (at: string) => `Download ${at}`,
  download2: 'Download',
  remove: (at: string) => `Remove ${at}`,
  folderEmptyWhatProgram: (guest: string) =>
    `The folder is empty. What a program writes into ${guest} is shown here.`,
};
