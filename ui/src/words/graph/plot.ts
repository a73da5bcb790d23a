// The words of `graph/plot.ts`.

export const words = {
  webglNotAvailableHere: 'WebGL 2 is not available here',
  graphCouldNotLoaded: (value: string) => `the graph could not be loaded (${value})`,
  graphFailed: (message: string) => `the graph failed (${message})`,
};
