// The words of `memory/keyboard.ts`.

export const words = {
  chooseSingleBytesBelow: 'Choose single bytes below Show to write into them.',
};
