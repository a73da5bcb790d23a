// The words of `imports/Limit.svelte`.

export const words = {
  inWord: (title: string, unit: string) => `${title}, in ${unit}`,
  importNeedsMaximum: (minimum: number, ceiling: number) =>
    `The import needs a maximum: ${minimum} to ${ceiling}.`,
  nothing: ', or nothing',
  writeWholeNumberFrom: (minimum: number, ceiling: number, value: string) =>
    `Write a whole number from ${minimum} to ${ceiling}${value}.`,
};
