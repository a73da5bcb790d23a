// The words of `chrome/Toolbar.svelte`.

export const words = {
  race: 'Race',
  build: 'Build',
  choices: 'Compiler, engine and target',
  run: 'Run',
  compiler: 'Compiler',
  engine: 'Engine',
  optimise: 'Optimise',
  singlepassOneLevelOnly: 'Singlepass has one level only.',
  none: 'none',
  speed: 'speed',
  speedSize: 'speed and size',
  chooseTarget: 'Choose a target',
  target: 'Target',
};
