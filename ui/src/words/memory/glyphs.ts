// The words of `memory/glyphs.ts`.

export const words = {
  browserCannotDrawCanvas: 'this browser cannot draw on a canvas',
};
