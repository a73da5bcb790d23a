// The words of `values/value.ts`.

export const words = {
  unsigned: (bits: bigint) => `${bits} unsigned, `,
};
