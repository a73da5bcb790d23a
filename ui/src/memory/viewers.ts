// The two views of each tab's memories, kept as long as the tab.

import type { Client } from '../client.ts';
import type { Tab } from '../state/tab.svelte.ts';
import { MemoryViewer } from './viewer.svelte.ts';

const KNOWN = new WeakMap<Tab, MemoryViewer[]>();

/**
 * Returns the first or second view of a tab's memories. Its cursor and marks are kept while another
 * tab is shown.
 */
export function viewerOf(client: Client, tab: Tab, which: 0 | 1): MemoryViewer {
  const viewers = KNOWN.get(tab) ?? [];
  KNOWN.set(tab, viewers);
  return (viewers[which] ??= new MemoryViewer(client, tab.id));
}
