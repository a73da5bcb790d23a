// The words of `imports/CopyAs.svelte`.

export const words = {
  javascript: 'JavaScript',
  webassemblyInstantiateNodeBr: 'WebAssembly.instantiate, in Node or a browser.',
  rust: 'Rust',
  crateWasmer: 'The crate wasmer 7.',
  python: 'Python',
  packageWasmer: 'The package wasmer 1.x.',
  wasmHCApi: 'wasm.h, the C API of WebAssembly.',
  importObjectClipboard: (title: string) => `The import object as ${title} is in the clipboard.`,
  copy: 'Copy as',
  languages: 'Languages',
  copiedDiffersFromTab: 'Copied. It differs from this tab:',
};
