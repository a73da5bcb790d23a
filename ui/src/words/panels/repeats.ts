// The words of `panels/Repeats.svelte`.

import { count, grouped } from '../number.ts';

export const words = {
  calls: (name: string) => `Calls of ${name}`,
  of: (done: number, times: number) => `${count(done, 'call')} of ${count(times, 'call')}`,
  of2: (done: number, times: number) => `${count(done, 'call')} of ${grouped(times)}`,
  stopCalling: (name: string) => `Stop calling ${name}`,
  stop: 'Stop',
};
