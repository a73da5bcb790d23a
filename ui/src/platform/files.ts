// Files that a browser was given, as names and bytes.

import type { Bytes, ChosenFile } from './platform.ts';

/** Returns files that were chosen or dropped. Their bytes are read when they are wanted. */
export function chosenFiles(files: Iterable<File>): ChosenFile[] {
  return Array.from(files, (file) => ({ name: file.name, read: () => bytesOf(file) }));
}

/** Reads a file. */
export async function bytesOf(file: File): Promise<Bytes> {
  return new Uint8Array(await file.arrayBuffer());
}
