// The words of `target/search.ts`.

export const words = {
  machine: 'This machine',
  here: 'Here',
};
