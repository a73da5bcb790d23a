// The words of `memory/clip.ts`.

export const words = {
  hex: 'Hex',
  text: 'Text',
  cArray: 'C array',
  base64: 'Base64',
};
