// The words of `memory/picture.ts`.

export const words = {
  browserCannotDrawCanvas: 'this browser cannot draw on a canvas',
};
