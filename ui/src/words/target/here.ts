// The words of `target/here.ts`.

export const words = {
  madeWasmerWasmer: (by: string, wasmer: string) =>
    `It was made by Wasmer ${by}; this is Wasmer ${wasmer}.`,
  codeMachine: (triple: string, triple2: string) =>
    `Its code is for ${triple}; this machine is ${triple2}.`,
  codeNeedsCpuFeatures: (join: string) =>
    `Its code needs CPU features that this machine lacks: ${join}.`,
};
