// Files that a browser was given, as names and bytes.

import type { Bytes, ChosenFile } from './platform.ts';

/** Returns files that were chosen or dropped. Their bytes are read when they are wanted. */
export function chosenFiles(files: Iterable<File>): ChosenFile[] {
  return Array.from(files, (file) => ({ name: file.name, read: () => bytesOf(file) }));
}

/**
 * Returns the files of a drop. A folder among them becomes an archive when it is read. It must be
 * called in the drop's own event: later the browser gives nothing.
 */
export function droppedFiles(data: DataTransfer | null): ChosenFile[] {
  return Array.from(data?.items ?? []).flatMap((item) => {
    const entry = item.webkitGetAsEntry();
    if (entry?.isDirectory) {
      const read = async () =>
        (await import('./folder.ts')).readFolder(entry as FileSystemDirectoryEntry);
      return { name: `${entry.name}.zip`, read };
    }
    const file = item.getAsFile();
    return file ? chosenFiles([file]) : [];
  });
}

/** Reads a file, or a part of one. */
export async function bytesOf(file: Blob): Promise<Bytes> {
  return new Uint8Array(await file.arrayBuffer());
}
