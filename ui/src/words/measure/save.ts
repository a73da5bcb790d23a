// The words of `measure/save.ts`.

export const words = {
  notDrawn: 'The picture could not be drawn.',
};
