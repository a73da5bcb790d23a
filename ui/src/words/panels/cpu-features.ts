// The words of `panels/CpuFeatures.svelte`.

export const words = {
  cpuFeatures: 'CPU features',
  wasmerNoCpuFeatures: 'Wasmer has no CPU features of this architecture to choose from.',
  moreFeaturesMakeFaster: 'More features make faster code, which fewer CPUs can run.',
  cpuPreset: 'CPU preset',
  here: 'is here',
  notCpu: 'not on this CPU',
};
