// The two views of each tab's memories, kept while the tab is there.

import type { Client } from '../client.ts';
import type { Tab } from '../state/tab.svelte.ts';
import { MemoryViewer } from './viewer.svelte.ts';

const KNOWN = new WeakMap<Tab, MemoryViewer[]>();

/**
 * The first or second view of a tab's memories: its cursor and marks are there again when the tab
 * is.
 */
export function viewerOf(client: Client, tab: Tab, which: 0 | 1): MemoryViewer {
  const viewers = KNOWN.get(tab) ?? [];
  KNOWN.set(tab, viewers);
  return (viewers[which] ??= new MemoryViewer(client, tab.id));
}
