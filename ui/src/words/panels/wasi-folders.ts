// The words of `panels/WasiFolders.svelte`.

export const words = {
  read: 'Read',
  filesReadFoldersListed: 'Files are read and folders are listed',
  write: 'Write',
  filesWritten: 'Files that are there are written',
  create: 'Create',
  filesFoldersMadeRenamed: 'Files and folders are made, renamed and removed',
  folders: 'Folders',
  nameProgram: 'Name for the program',
  folder: 'Folder',
  nameFolder: (number: number) => `Name of folder ${number}`,
  panelFiles: 'in the panel Files',
  inWord: (title: string, guest: string) => `${title} in ${guest}`,
  removeFolder: (guest: string) => `Remove folder ${guest}`,
  folderAdd: 'Folder to add',
  readOnly: ' (read-only)',
  addFolder: 'Add folder',
  addVirtualFolder: 'Add virtual folder',
  programReachesTheseFolders: 'The program reaches these folders and no others.',
  pageBrowserChoosesFrom:
    'A page in a browser chooses from the folders that `watshop serve` was started with.',
  startWatshopServeAllow:
    'Start `watshop serve --allow-dir NAME=HOST` to allow a folder of this machine here.',
  currentDirectory: 'Current directory',
};
