// All output of a tab as a file.

import type { App } from '../state/app.svelte.ts';
import type { Tab } from '../state/tab.svelte.ts';
import { formatBytes } from '../values/size.ts';
import { words } from '../words/terminal/save.ts';

/** A file of output on its way to the person, which can be cancelled. */
export interface Saving {
  /** Called with the part of the bytes that is there, from 0 to 1. */
  progress: (part: number) => void;
  signal: AbortSignal;
}

/**
 * Saves all that a tab's programs have written since its console was emptied. A page without files
 * of its own collects it part by part, because a gigabyte fits no single reply.
 */
export async function saveOutput(app: App, tab: Tab, saving: Saving): Promise<void> {
  const name = `${tab.summary.title.replace(/\.\w+$/, '')}-output.txt`;
  const { hostFiles } = app.platform;
  if (hostFiles) {
    const path = await hostFiles.chooseSavePath(name);
    if (path === null) return;
    const { bytes, dropped } = await app.client['tab.save_output']({ tab: tab.id, path });
    tell(app, bytes, dropped);
    return;
  }
  const parts: Blob[] = [];
  let [next, end, saved, dropped] = [0, Infinity, 0, 0];
  while (next < end && !saving.signal.aborted) {
    const { reply, bytes } = await app.client['tab.output']({ tab: tab.id, at: next });
    // What comes later is not waited for: a program may write for ever.
    end = Math.min(end, reply.end);
    // The console may have been emptied meanwhile.
    if (reply.at < next) break;
    dropped += reply.at - next;
    if (bytes.length === 0) break;
    parts.push(new Blob([bytes]));
    saved += bytes.length;
    next = reply.at + bytes.length;
    saving.progress(Math.min(1, next / end));
  }
  if (saving.signal.aborted) return;
  await app.platform.giveFile(name, 'text/plain', new Blob(parts));
  tell(app, saved, dropped);
}

/** Tells of the bytes that are missing. A file that has all of them needs no words. */
function tell(app: App, saved: number, dropped: number): void {
  if (dropped > 0) app.notices.info(words.oldestMissing(formatBytes(saved), formatBytes(dropped)));
}
