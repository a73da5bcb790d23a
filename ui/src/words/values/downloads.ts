// The words of `values/downloads.ts`.

export const words = {
  source: 'Source',
  contentTabUnchanged: 'The content of the tab, unchanged.',
  wasmTextWat: 'Wasm text (.wat)',
  moduleReadEdit: 'The module to read and to edit.',
  moduleWasm: 'Module (.wasm)',
  binaryAnyWebassemblyRuntime: 'The binary, for any WebAssembly runtime; no machine code.',
  sealedArtifactWshop: 'Sealed artifact (.wshop)',
  compiledCodePassportWatshop:
    'Compiled code with its passport. Watshop on the target runs it without a compiler.',
  wasmerModuleWasmu: 'Wasmer module (.wasmu)',
  sameCodeWithoutPassport:
    'The same code without a passport, for the API and the command line of exactly this Wasmer.',
  objectFileO: 'Object file (.o)',
  machineCodeLinkInto: 'Machine code to link into a program for the target.',
  cHeaderH: 'C header (.h)',
  namesSymbolsObjectFile: 'Names the symbols of the object file.',
  sharedLibrary: 'Shared library',
  linkedFromObjectFile: 'Linked from the object file, for a program to load.',
  bundleTarZst: 'Bundle (.tar.zst)',
  artifactRunnerLoadsHow:
    'The artifact with the runner that loads it and how to start it, to unpack on the target.',
  artifactHowStartWithout:
    'The artifact and how to start it, without a runner: none is built for this target. ',
  npmRunBuildRunners: 'npm run build -- --runners makes runners.',
  source2: 'the source',
  wasmText: 'the Wasm text',
  moduleBinary: 'the module as a binary',
  sealedArtifact: 'the sealed artifact',
  wasmerModule: 'the Wasmer module',
  objectFile: 'the object file',
  cHeader: 'the C header',
  sharedLibrary2: 'the shared library',
  bundle: 'the bundle',
};
