// The words of `graph/series.ts`.

export const words = {
  unknownCompiler: 'an unknown compiler',
};
