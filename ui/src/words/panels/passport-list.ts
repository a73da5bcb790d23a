// The words of `panels/PassportList.svelte`.

export const words = {
  passport: 'Passport',
  runsHere: 'Runs here',
  notKnownYet: 'not known yet',
  yes: 'yes',
  no: 'no',
  target: 'Target',
  cpuFeatures: 'CPU features',
  unknownUntilLoaded: 'unknown until it is loaded',
  made: 'Made by',
  unknown: 'unknown',
  watshop: 'this Watshop',
  proved: 'Proved',
  engineCpuLayoutCode:
    'engine, CPU and layout, by the code itself; the passport only claims the rest',
  compiler: 'Compiler',
  optimised: (compiler: string, optimisation: string) => `${compiler}, optimised ${optimisation}`,
  unknownWasmersOwnFile: 'unknown: Wasmer’s own file format does not say',
  engine: 'Engine',
  proposals: 'Proposals',
  made2: 'Made',
  impossibleTime: 'at an impossible time',
  wasmer: 'Wasmer',
  abi: (wasmer: string, abi: number) => `${wasmer}, ABI ${abi}`,
  module: 'Module',
  code: 'Code',
};
