// The words of `values/function-name.ts`.

export const words = {
  functionWord: (index: number) => `function ${index}`,
  functionWord2: (name: string, index: number) => `${name} (function ${index})`,
};
