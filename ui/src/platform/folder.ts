// A folder that was dropped on the page, as an archive: the form in which a course of lessons goes to
// the workbench.

import { archiveOf, type ArchivedFile } from './archive.ts';
import { bytesOf } from './files.ts';
import type { Bytes } from './platform.ts';

/** The endings of a course's files, as in `crates/lessons/src/files.rs`. The others are not read. */
const ENDINGS = ['.wat', '.md', '.imports.json', '.svg'] as const;
/** The workbench refuses more files and bytes, so the rest of a huge folder is not read. */
const MOST_FILES = 2000;
const MOST_BYTES = 16 << 20;

/** Returns an archive of a folder's own files and of those in its folders. */
export async function readFolder(folder: FileSystemDirectoryEntry): Promise<Bytes> {
  const files: ArchivedFile[] = [];
  let size = 0;
  const add = async (entry: FileSystemEntry, place: string): Promise<void> => {
    if (!isFile(entry) || !ENDINGS.some((ending) => entry.name.endsWith(ending))) return;
    if (files.length > MOST_FILES || size > MOST_BYTES) return;
    const file = await new Promise<File>((give, fail) => entry.file(give, fail));
    // One huge file is cut. The workbench refuses a far smaller one.
    const bytes = await bytesOf(file.slice(0, MOST_BYTES));
    size += bytes.length;
    files.push({ place, bytes });
  };
  for (const entry of await entriesOf(folder)) {
    if (!isFolder(entry)) await add(entry, entry.name);
    else
      for (const inner of await entriesOf(entry)) await add(inner, `${entry.name}/${inner.name}`);
  }
  return archiveOf(files);
}

/** Reads the entries of a folder. A browser gives them in pieces, and an empty one is the last. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  while (entries.length <= MOST_FILES) {
    const more = await new Promise<FileSystemEntry[]>((give, fail) =>
      reader.readEntries(give, fail),
    );
    if (more.length === 0) break;
    entries.push(...more);
  }
  return entries;
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
