// The words of `measure/RaceView.svelte`.

export const words = {
  race: 'Race',
  contenders: 'Contenders',
  contender: 'Contender',
  state: 'state',
  readyAfter: 'ready after',
  compile: 'compile',
  load: 'load',
  size: 'size',
  waits: (together: number) => `waits for its turn: ${together} at once`,
  begins: 'begins',
  inUse: 'in use',
  ready: 'ready',
  failed: 'failed',
  stopped: 'stopped',
  useThisCode: 'Use this code',
  stateIsDropped: 'The state of the present instance is dropped',
  stopRace: 'Stop race',
  stop: 'Stop',
  stopOne: (title: string) => `Stop ${title}`,
};
