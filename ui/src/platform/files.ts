// Files that a browser was given, as names and bytes.

import type { Bytes } from './platform.ts';

/** Reads files that were chosen or dropped. */
export function readFiles(files: Iterable<File>): Promise<{ name: string; bytes: Bytes }[]> {
  return Promise.all(
    Array.from(files, async (file) => ({
      name: file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
    })),
  );
}
