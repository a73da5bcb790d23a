// The output of a guest, as far as it is kept.

import type { ConsoleChunk, Stream } from '../protocol.ts';

/** Text of one stream that is one element of the page. */
export interface ConsoleBlock {
  id: number;
  stream: Stream;
  text: string;
}

/** The characters of a block before the next one begins, so that new output redraws little. */
const BLOCK = 8 * 1024;
/** The characters that are kept, as many as the workbench keeps. Older ones are dropped. */
const MOST = 256 * 1024;

/** The output of a guest, with a limit. */
export class ConsoleText {
  blocks: readonly ConsoleBlock[] = $state.raw([]);
  /** The bytes that are not shown: the guest wrote too fast, or they were dropped as the oldest. */
  skipped = $state(0);
  #lastId = 0;

  append(chunks: readonly ConsoleChunk[], skipped = 0): void {
    const blocks = [...this.blocks];
    for (const { stream, text } of chunks) {
      const last = blocks.at(-1);
      if (last?.stream === stream && last.text.length < BLOCK) {
        blocks[blocks.length - 1] = { ...last, text: last.text + text };
      } else if (last?.stream === stream && !last.text.endsWith('\n')) {
        // A block is an element of its own, so it may begin only at the start of a line.
        const end = text.indexOf('\n') + 1 || text.length;
        blocks[blocks.length - 1] = { ...last, text: last.text + text.slice(0, end) };
        if (end < text.length) blocks.push({ id: ++this.#lastId, stream, text: text.slice(end) });
      } else {
        blocks.push({ id: ++this.#lastId, stream, text });
      }
    }
    this.skipped += skipped + drop(blocks);
    this.blocks = blocks;
  }

  clear(): void {
    this.blocks = [];
    this.skipped = 0;
  }

  /** The whole text, for the clipboard. */
  toString(): string {
    return this.blocks.map((block) => block.text).join('');
  }
}

/**
 * Drops the oldest text until the rest is within the limit. Returns the number of characters
 * dropped.
 */
function drop(blocks: ConsoleBlock[]): number {
  let over = blocks.reduce((sum, block) => sum + block.text.length, 0) - MOST;
  let dropped = 0;
  while (over > 0) {
    const first = blocks[0];
    if (!first) break;
    if (first.text.length <= over || blocks.length > 1) {
      blocks.shift();
      over -= first.text.length;
      dropped += first.text.length;
    } else {
      blocks[0] = { ...first, text: first.text.slice(over) };
      dropped += over;
      over = 0;
    }
  }
  return dropped;
}
