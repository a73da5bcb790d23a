// The words of `panels/Files.svelte`.

export const words = {
  virtualFolderHeldWatshop:
    'A virtual folder is held by Watshop and goes with its tab. Add one in the panel WASI: its files, and those that the program writes, are shown here.',
};
