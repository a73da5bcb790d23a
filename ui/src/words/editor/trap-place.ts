// The words of `editor/trap-place.ts`.

export const words = {
  trappedHere: 'Trapped here',
  here: 'Here',
  somewhereCompilerDoesNot: (what: string, name: string) =>
    `It ${what} somewhere in ${name}. The compiler does not tell the exact place.`,
};
