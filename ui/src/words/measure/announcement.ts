// The words of `measure/Announcement.svelte`.

export const words = {
  announcement: 'Announcement of 2021',
  repeats:
    'Measures qjs.wasm with the three compilers, as the announcement of Wasmer 2.0 did, and compares',
  chooseFile: 'Choose qjs.wasm',
};
