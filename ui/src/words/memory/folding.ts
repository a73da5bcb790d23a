// The words of `memory/folding.svelte.ts`.

export const words = {
  memoryAnotherSize: 'the memory has another size',
};
