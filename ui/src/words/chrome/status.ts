// The words of `chrome/status.ts`.

import { count } from '../number.ts';

export const words = {
  withWord: (compiler: string) => ` with ${compiler}`,
  ran: (time: string, by: string, exports: number) =>
    `Ran in ${time}${by}, ${count(exports, 'export')}`,
  built: (triple: string, time: string, by: string) => `Built for ${triple} in ${time}${by}`,
  returned: (export_: string, call: string, by: string) => `${export_} returned in ${call}${by}`,
  exitedStatusAfter: (status: number, time: string, by: string) =>
    `Exited with status ${status} after ${time}${by}`,
  line: (line: number) => ` at line ${line}`,
  stopped: (place: string) => `Stopped${place}`,
  trapped: (place: string) => `Trapped${place}`,
  call: 'The call',
  run: 'The run',
  failed: (what: string, place: string) => `${what} failed${place}`,
  savedWatshop: 'Saved in Watshop',
  saving: 'Saving…',
  savedFile: 'Saved to its file',
  notSavedFile: 'Not saved to its file',
};
