// The status of a tab in a few words.

import { formatTime } from '../values/time.ts';
import type { RunReport } from '../protocol.ts';
import { COMPILERS } from '../values/names.ts';
import type { Tab } from '../state/tab.svelte.ts';
import { words as say } from '../words/chrome/status.ts';

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
  const by = record.compiler === null ? '' : say.withWord(COMPILERS[record.compiler]);
  switch (outcome.outcome) {
    case 'ready':
      return { words: say.ran(time, by, exports), how: 'good' };
    case 'built':
      return { words: say.built(outcome.passport.triple, time, by), how: 'good' };
    case 'returned':
      return { words: say.returned(record.export ?? say.call, call, by), how: 'good' };
    case 'exited':
      return {
        words: say.exitedStatusAfter(outcome.status, time, by),
        how: outcome.status === 0 ? 'good' : 'bad',
      };
    case 'failed': {
      const { code, at, frames, trap } = outcome.error;
      const line = at?.line ?? frames?.find((frame) => !frame.elsewhere)?.at.line;
      const place = line === undefined ? '' : say.line(line);
      if (code === 'stopped') return { words: say.stopped(place), how: 'neutral' };
      if (trap !== undefined) return { words: say.trapped(place), how: 'bad' };
      const what = record.kind === 'run' ? say.run : (record.export ?? say.call);
      return { words: say.failed(what, place), how: 'bad' };
    }
  }
}

/** Says whether the source is in its file. Watshop keeps the tab itself at every change. */
export function savedInWords({ summary, draft }: Tab): string {
  if (summary.path === null) return draft?.unsent ? say.saving : say.savedWatshop;
  return summary.modified ? say.notSavedFile : say.savedFile;
}
