// The words of `state/console.svelte.ts`.

export const words = {
  leftOut: (bytes: string) => `[${bytes} left out]`,
};
