// The status of a tab in a few words.

import { formatTime } from '../values/time.ts';
import type { RunReport } from '../protocol.ts';
import { COMPILERS } from '../values/names.ts';
import { count } from '../values/size.ts';
import type { Tab } from '../state/tab.svelte.ts';

/** The end of a run or a call in words. */
export interface Ended {
  /** One line without a full stop. */
  words: string;
  how: 'good' | 'bad' | 'neutral';
}

/** The end of the latest run or call. `exports` counts those of the instance. */
export function endInWords({ record, outcome }: RunReport, exports: number): Ended {
  const time = formatTime((record.timings.total ?? 0) / 1e6);
  // The figure that stands beside the result: without the way to the runner and back.
  const call = formatTime((record.timings.call ?? record.timings.total ?? 0) / 1e6);
  const by = record.compiler === null ? '' : ` with ${COMPILERS[record.compiler]}`;
  switch (outcome.outcome) {
    case 'ready':
      return { words: `Ran in ${time}${by}, ${count(exports, 'export')}`, how: 'good' };
    case 'built':
      return { words: `Built for ${outcome.passport.triple} in ${time}${by}`, how: 'good' };
    case 'returned':
      return { words: `${record.export ?? 'The program'} returned in ${call}${by}`, how: 'good' };
    case 'exited':
      return {
        words: `Exited with status ${outcome.status} after ${time}${by}`,
        how: outcome.status === 0 ? 'good' : 'bad',
      };
    case 'failed': {
      const { code, at, frames, trap } = outcome.error;
      const line = at?.line ?? frames?.find((frame) => !frame.elsewhere)?.at.line;
      const place = line === undefined ? '' : ` at line ${line}`;
      if (code === 'stopped') return { words: `Stopped${place}`, how: 'neutral' };
      if (trap !== undefined) return { words: `Trapped${place}`, how: 'bad' };
      const what = record.kind === 'run' ? 'The run' : (record.export ?? 'The call');
      return { words: `${what} failed${place}`, how: 'bad' };
    }
  }
}

/** Says whether the source is in its file. Watshop keeps the tab itself at every change. */
export function savedInWords({ summary, draft }: Tab): string {
  if (summary.path === null) return draft?.unsent ? 'Saving…' : 'Saved in Watshop';
  return summary.modified ? 'Not saved to its file' : 'Saved to its file';
}
