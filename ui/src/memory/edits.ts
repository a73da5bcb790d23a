// The history of changes made by hand.

import type { Bytes } from '../platform/platform.ts';

/** Bytes at an address, before and after they were changed. */
export interface Edit {
  at: number;
  before: Bytes;
  after: Bytes;
}

/** The most bytes that the history holds. */
const MOST = 64 << 20;

/** The changes made by hand, for undo and redo. */
export class Edits {
  #done: Edit[] = [];
  #undone: Edit[] = [];
  #held = 0;

  /** Remembers a change. The second digit of a byte joins the first. */
  add(edit: Edit, joins = false): void {
    this.#undone = [];
    const last = this.#done.at(-1);
    if (joins && last?.at === edit.at && last.after.length === edit.after.length) {
      last.after = edit.after;
      return;
    }
    this.#done.push(edit);
    this.#held = sizeOf(this.#done);
    while (this.#held > MOST && this.#done.length > 1)
      this.#held -= sizeOf([this.#done.shift() as Edit]);
  }

  /** The change to undo. Its `before` must be written again. */
  undo(): Edit | null {
    const edit = this.#done.pop();
    if (edit) this.#undone.push(edit);
    return edit ?? null;
  }

  /** The change to redo. */
  redo(): Edit | null {
    const edit = this.#undone.pop();
    if (edit) this.#done.push(edit);
    return edit ?? null;
  }

  /** Forgets all changes, because the instance is gone. */
  clear(): void {
    this.#done = [];
    this.#undone = [];
  }
}

function sizeOf(edits: Edit[]): number {
  return edits.reduce((sum, edit) => sum + edit.before.length + edit.after.length, 0);
}
