// The words of `target/cells.ts`.

export const words = {
  makesNoCode: (compiler: string, form: string, triple: string) =>
    `${compiler} makes no ${form} code for ${triple}.`,
  needsCpuFeature: (compiler: string, join: string) => `${compiler} needs the CPU feature ${join}.`,
  noCompilerMachineMakes: (triple: string, value: string) =>
    `No compiler on this machine makes code for ${triple}.${value}`,
};
