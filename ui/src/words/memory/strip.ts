// The words of `memory/strip.ts`.

export const words = {
  partsHoldDataDid: (some: string, partsCount: number, some2: string) =>
    `${some} of ${partsCount} parts hold data or did, ${some2} changed`,
};
