// The words of `panels/FunctionExport.svelte`.

import { count } from '../number.ts';

export const words = {
  watshopDoesNotAnswer: 'Watshop does not answer.',
  tabBusy: 'The tab is busy.',
  pressRunFirstMake: 'Press Run first, to make an instance.',
  call: 'Call',
  call2: (times: number) => `Call ${count(times, 'time')}`,
  compareCompilers: 'Compare the compilers',
  forgetCalls: 'Forget its calls',
  noCallKept: 'No call of it is kept.',
  copyName: 'Copy name',
  copyType: 'Copy type',
  show: (paramsCount: number) => `Show ${count(paramsCount, 'argument')}`,
  argument: (name: string, number: number) => `${name} argument ${number}`,
  call3: (name: string) => `Call ${name}`,
  repeat: (name: string) => `Repeat ${name}`,
  callsOftenNumberSays: 'Calls it as often as the number says, and measures each call',
  repeat2: 'Repeat',
  repetitions: (name: string) => `Repetitions of ${name}`,
  argument2: (number: number) => `Argument ${number}: `,
  result: (name: string) => `Result of ${name}`,
  calling: 'Calling…',
};
