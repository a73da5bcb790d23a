// What a guest wrote, as far as it is kept.

import type { ConsoleChunk, Stream } from '../protocol.ts';

/** Text of one stream, in one piece on the screen. */
export interface Block {
  id: number;
  stream: Stream;
  text: string;
}

/** Characters a block takes before the next one begins, so that new output redraws little. */
const BLOCK = 8 * 1024;
/** Characters kept: what the workbench keeps too. Older ones go. */
const MOST = 256 * 1024;

/** What a guest has written, bounded. */
export class ConsoleText {
  blocks: readonly Block[] = $state.raw([]);
  /** Bytes that came faster than anybody reads, or that are too long ago to be kept. */
  skipped = $state(0);
  #lastId = 0;

  append(chunks: readonly ConsoleChunk[], skipped = 0): void {
    const blocks = [...this.blocks];
    for (const { stream, text } of chunks) {
      const last = blocks.at(-1);
      if (last?.stream === stream && last.text.length < BLOCK) {
        blocks[blocks.length - 1] = { ...last, text: last.text + text };
      } else if (last?.stream === stream && !last.text.endsWith('\n')) {
        // A block is a piece of the screen of its own, so it may only begin where a line does.
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

  /** All of it, to be copied. */
  toString(): string {
    return this.blocks.map((block) => block.text).join('');
  }
}

/** Drops the oldest text until the rest is short enough; gives how many characters that were. */
function drop(blocks: Block[]): number {
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
