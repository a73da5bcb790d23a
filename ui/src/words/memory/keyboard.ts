// The words of `memory/keyboard.ts`.

export const words = {
  chooseSingleBytesBelow: 'Switch “Show” to “Bytes” to write into them.',
};
