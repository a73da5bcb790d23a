// The words of `panels/WasiFile.svelte`.

export const words = {
  rust: 'Rust (wasmer-wasix)',
  python: 'Python (wasmer 1.1)',
  copied: 'Copied.',
  notSettings: (name: string) => `\`${name}\` is not a file of WASI settings.`,
  open: 'Open…',
  openSettings: 'Open WASI settings',
  save: 'Save',
  saveSettings: 'Save WASI settings',
  copyAs: 'Copy as',
  copyAsDots: 'Copy as…',
  differs: 'Copied. It differs from this tab:',
};
