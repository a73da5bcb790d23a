// The words of `target/features.ts`.

export const words = {
  everyCpu: 'on every CPU',
  withWord: (above: string) => `with ${above}`,
};
