// The words of `panels/Calls.svelte`.

import { count, grouped } from '../number.ts';

export const words = {
  recordedCall: 'recorded call',
  nextRunAnsweredFrom: (next: number) =>
    `The next Run is answered from ${count(next, 'recorded call')}.`,
  providersAnswerNextOne: 'The providers answer the next one.',
  from: (next: number) => `, from ${next}`,
  nextOneWillToo: (value: string) => `The next one will be too${value}.`,
  runAnsweredFrom: (now: number, will: string) =>
    `This Run was answered from ${count(now, 'recorded call')}. ${will}`,
  oldestGone: (dropped: number) => `, the oldest ${grouped(dropped)} are gone`,
  of: (found: number) => `${grouped(found)} of `,
  filterCalls: 'Filter calls',
  whilePausedCallsNot: 'While it is paused, calls are not recorded',
  pause: 'Pause',
  clearCalls: 'Clear calls',
  clear: 'Clear',
  nextRunAnsweredFrom2: 'The next Run is answered from these calls instead of the providers',
  replay: 'Replay',
  callsState: 'Calls state',
  callsTable: 'Calls table',
  recordingPausedPressPause: 'Recording is paused: press **Pause** again, then **Run**.',
  callsFromModuleFunctions:
    'Calls from the module to the functions of the panel **Imports** appear here, with arguments, results and the memory that they touched. Those of WASI are in the panel **WASI calls**.',
  hostCalls: 'Host calls',
  time: 'Time',
  functionWord: 'Function',
  arguments: 'Arguments',
  results: 'Results',
  took: 'Took',
  read: 'Read',
  wrote: 'Wrote',
  replayed: 'replayed',
};
