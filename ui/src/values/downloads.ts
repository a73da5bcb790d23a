// The files that can be made from a tab.

import type { DownloadKind } from '../protocol.ts';

/** A file that can be made from a tab. */
export interface DownloadEntry {
  what: DownloadKind;
  title: string;
  /** The purpose of the file. */
  help: string;
}

/** All downloads, from the source to the most derived. */
export const DOWNLOADS: readonly DownloadEntry[] = [
  { what: 'source', title: 'Source', help: 'The content of the tab, unchanged.' },
  { what: 'wat', title: 'Wasm text (.wat)', help: 'The module to read and to edit.' },
  {
    what: 'wasm',
    title: 'Module (.wasm)',
    help: 'The binary, for any WebAssembly runtime; no machine code.',
  },
  {
    what: 'sealed',
    title: 'Sealed artifact (.wshop)',
    help: 'Compiled code with its passport. Watshop on the target runs it without a compiler.',
  },
  {
    what: 'wasmer',
    title: 'Wasmer module (.wasmu)',
    help: 'The same code without a passport, for the API and the command line of exactly this Wasmer.',
  },
  {
    what: 'object',
    title: 'Object file (.o)',
    help: 'Machine code to link into a program for the target.',
  },
  { what: 'header', title: 'C header (.h)', help: 'Names the symbols of the object file.' },
  {
    what: 'shared',
    title: 'Shared library',
    help: 'Linked from the object file, for a program to load.',
  },
  {
    what: 'bundle',
    title: 'Bundle (.tar.zst)',
    help: 'The artifact with the runner that loads it and how to start it, to unpack on the target.',
  },
];

/** The purpose of a bundle for a target whose runner was not built. */
export const BUNDLE_ALONE =
  'The artifact and how to start it, without a runner: none is built for this target. ' +
  'npm run build -- --runners makes runners.';

/** The name of each download in the middle of a sentence. */
export const IN_WORDS: Record<DownloadKind, string> = {
  source: 'the source',
  wat: 'the Wasm text',
  wasm: 'the module as a binary',
  sealed: 'the sealed artifact',
  wasmer: 'the Wasmer module',
  object: 'the object file',
  header: 'the C header',
  shared: 'the shared library',
  bundle: 'the bundle',
};
