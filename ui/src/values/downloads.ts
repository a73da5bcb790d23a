// The files that can be made from a tab.

import type { DownloadKind } from '../protocol.ts';
import { words } from '../words/values/downloads.ts';

/** A file that can be made from a tab. */
export interface DownloadEntry {
  what: DownloadKind;
  title: string;
  /** The purpose of the file. */
  help: string;
}

/** All downloads, from the source to the most derived. */
export const DOWNLOADS: readonly DownloadEntry[] = [
  { what: 'source', title: words.source, help: words.contentTabUnchanged },
  { what: 'wat', title: words.wasmTextWat, help: words.moduleReadEdit },
  {
    what: 'wasm',
    title: words.moduleWasm,
    help: words.binaryAnyWebassemblyRuntime,
  },
  {
    what: 'sealed',
    title: words.sealedArtifactWshop,
    help: words.compiledCodePassportWatshop,
  },
  {
    what: 'wasmer',
    title: words.wasmerModuleWasmu,
    help: words.sameCodeWithoutPassport,
  },
  {
    what: 'object',
    title: words.objectFileO,
    help: words.machineCodeLinkInto,
  },
  { what: 'header', title: words.cHeaderH, help: words.namesSymbolsObjectFile },
  {
    what: 'shared',
    title: words.sharedLibrary,
    help: words.linkedFromObjectFile,
  },
  {
    what: 'bundle',
    title: words.bundleTarZst,
    help: words.artifactRunnerLoadsHow,
  },
];

/** The purpose of a bundle for a target whose runner was not built. */
export const BUNDLE_ALONE = words.artifactHowStartWithout + words.npmRunBuildRunners;

/** The name of each download in the middle of a sentence. */
export const IN_WORDS: Record<DownloadKind, string> = {
  source: words.source2,
  wat: words.wasmText,
  wasm: words.moduleBinary,
  sealed: words.sealedArtifact,
  wasmer: words.wasmerModule,
  object: words.objectFile,
  header: words.cHeader,
  shared: words.sharedLibrary2,
  bundle: words.bundle,
};
