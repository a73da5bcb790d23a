// Copying bytes to the clipboard and pasting them.

import { copyAs, MOST_COPIED, MOST_PASTED, parseHex, type CopyFormat } from './clip.ts';
import type { MemoryViewer } from './viewer.svelte.ts';

/** Handles Ctrl+C in the grid. */
export function copy(event: ClipboardEvent, viewer: MemoryViewer, format: CopyFormat): void {
  event.preventDefault();
  const [from, to] = viewer.selection;
  const bytes = to - from <= MOST_COPIED ? viewer.live.bytes(from, to - from) : null;
  if (bytes?.length === to - from) {
    event.clipboardData?.setData('text/plain', copyAs(format, bytes));
    viewer.said = `Copied ${to - from === 1 ? '1 byte' : `${to - from} bytes`}.`;
  } else {
    // The bytes would have to be read first, and a clipboard is open only while its event is
    // handled.
    viewer.said = 'Not all of these bytes are on the screen. Use the button Copy, below Range….';
  }
}

/** Handles Ctrl+V in the grid. The text is hex, or characters if characters are typed. */
export function paste(event: ClipboardEvent, viewer: MemoryViewer): void {
  event.preventDefault();
  const text = event.clipboardData?.getData('text/plain') ?? '';
  // A byte is at most about three characters of hex, so a longer text is refused unread.
  if (text.length > MOST_PASTED * 3) return refuse(viewer);
  const bytes = viewer.typing === 'text' ? new TextEncoder().encode(text) : parseHex(text);
  if (text === '') viewer.said = 'There is no text in the clipboard.';
  else if (!bytes) viewer.said = 'This is not hex. Choose Text to paste it as characters.';
  else if (bytes.length > MOST_PASTED) refuse(viewer);
  else viewer.put(bytes);
}

function refuse(viewer: MemoryViewer): void {
  viewer.said = `That is more than the ${MOST_PASTED >> 20} MiB that can be pasted: save it as a file and load that.`;
}
