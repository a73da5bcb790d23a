// The words of `state/tab.svelte.ts`.

export const words = {
  programMuchInputNot: 'The program has much input that it has not read yet. Try again later.',
};
