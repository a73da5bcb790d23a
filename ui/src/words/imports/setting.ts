// The words of `imports/Setting.svelte`.

export const words = {
  writeWholeNumberFrom: (least: number, most: number) =>
    `Write a whole number from ${least} to ${most}.`,
  of: (of: string) => `of ${of}`,
};
