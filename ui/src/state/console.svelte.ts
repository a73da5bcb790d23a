// The output of a guest, as far as it is kept.

import type { ConsoleChunk, Stream } from '../protocol.ts';
import { plainText } from '../values/escapes.ts';
import { formatBytes } from '../values/size.ts';
import { words as say } from '../words/state/console.ts';

/** Text of one source that is one element of the page. */
export interface ConsoleBlock {
  id: number;
  stream: Stream;
  /** True if a function of the import object logged it, and not the program itself. */
  logged: boolean;
  text: string;
  /** The place of its first character in all that was written, with all that was left out. */
  at: number;
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
  /** Grows when the console is emptied. */
  emptied = $state(0);
  #lastId = 0;
  #end = 0;

  append(chunks: readonly ConsoleChunk[], skipped = 0): void {
    const blocks = [...this.blocks];
    this.#end += skipped;
    let isGap = skipped > 0;
    for (const { stream, logged, text } of chunks) {
      const last = blocks.at(-1);
      const goesOn = !isGap && last?.stream === stream && last.logged === logged;
      isGap = false;
      const add = (text: string): void => {
        blocks.push({ id: ++this.#lastId, stream, logged, text, at: this.#end });
        this.#end += text.length;
      };
      const extend = (last: ConsoleBlock, text: string): void => {
        blocks[blocks.length - 1] = { ...last, text: last.text + text };
        this.#end += text.length;
      };
      if (goesOn && last.text.length < BLOCK) extend(last, text);
      else if (goesOn && !last.text.endsWith('\n')) {
        // A block is an element of its own, so it may begin only at the start of a line.
        const end = text.indexOf('\n') + 1 || text.length;
        extend(last, text.slice(0, end));
        if (end < text.length) add(text.slice(end));
      } else add(text);
    }
    this.skipped += skipped + drop(blocks);
    this.blocks = blocks;
  }

  clear(): void {
    this.blocks = [];
    this.skipped = 0;
    this.#end = 0;
    this.emptied++;
  }

  /** The whole text, for the clipboard and for a file. A line tells of each part left out. */
  toString(): string {
    let end = 0;
    let text = '';
    for (const block of this.blocks) {
      if (block.at > end) text += `${gapText(block.at - end)}\n`;
      text += plainText(block.text);
      end = block.at + block.text.length;
    }
    return text;
  }
}

/** Returns the words for a number of bytes that were left out. */
export function gapText(bytes: number): string {
  return say.leftOut(formatBytes(bytes));
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
      blocks[0] = { ...first, at: first.at + over, text: first.text.slice(over) };
      dropped += over;
      over = 0;
    }
  }
  return dropped;
}
