// The words of `terminal/save.ts`.

export const words = {
  oldestMissing: (saved: string, dropped: string) =>
    `The newest ${saved} of the output were saved. The ${dropped} before them were no longer kept.`,
};
