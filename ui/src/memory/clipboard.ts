// Copying bytes to the clipboard and pasting them.

import { copyAs, MOST_COPIED, MOST_PASTED, parseHex, type CopyFormat } from './clip.ts';
import type { MemoryViewer } from './viewer.svelte.ts';
import { words } from '../words/memory/clipboard.ts';

/** Handles Ctrl+C in the grid. */
export function copy(event: ClipboardEvent, viewer: MemoryViewer, format: CopyFormat): void {
  event.preventDefault();
  const [from, to] = viewer.selection;
  const bytes = to - from <= MOST_COPIED ? viewer.live.bytes(from, to - from) : null;
  if (bytes?.length === to - from) {
    event.clipboardData?.setData('text/plain', copyAs(format, bytes));
    viewer.said = words.copied(to - from);
  } else {
    // The bytes would have to be read first, and a clipboard is open only while its event is
    // handled.
    viewer.said = words.notAllTheseBytes;
  }
}

/** Handles Ctrl+V in the grid. The text is hex, or characters if characters are typed. */
export function paste(event: ClipboardEvent, viewer: MemoryViewer): void {
  event.preventDefault();
  const text = event.clipboardData?.getData('text/plain') ?? '';
  // A byte is at most about three characters of hex, so a longer text is refused unread.
  if (text.length > MOST_PASTED * 3) return refuse(viewer);
  const bytes = viewer.typing === 'text' ? new TextEncoder().encode(text) : parseHex(text);
  if (text === '') viewer.said = words.noTextClipboard;
  else if (!bytes) viewer.said = words.notHexChooseText;
  else if (bytes.length > MOST_PASTED) refuse(viewer);
  else viewer.put(bytes);
}

function refuse(viewer: MemoryViewer): void {
  viewer.said = words.moreThanMibCan(MOST_PASTED >> 20);
}
