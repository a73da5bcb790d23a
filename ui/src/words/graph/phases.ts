// The words of `graph/phases.ts`.

export const words = {
  unknownCompiler: 'an unknown compiler',
};
