// The words of `values/size.ts`.

export const words = {
  bytes: (bytes: number) => `${bytes} bytes`,
  byte: '1 byte',
};
