// The words of `values/shown.ts`.

export const words = {
  characters: (join: string, charactersCount: number) => `${join}… (${charactersCount} characters)`,
};
