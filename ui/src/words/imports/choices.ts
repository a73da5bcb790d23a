// The words of `imports/choices.ts`.

export const words = {
  parameter: (value: number, param: string) => `parameter ${value} (${param})`,
};
