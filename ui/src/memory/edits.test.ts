import { describe, expect, it } from 'vitest';
import { Edits } from './edits.ts';

describe('an edit', () => {
  const edit = (at: number, before: number, after: number) => ({
    at,
    before: Uint8Array.of(before),
    after: Uint8Array.of(after),
  });

  it('is taken back and done again, in order', () => {
    const edits = new Edits();
    edits.add(edit(1, 0, 5));
    edits.add(edit(2, 0, 6));
    expect([edits.undo()?.at, edits.undo()?.at, edits.undo()]).toEqual([2, 1, null]);
    expect([edits.redo()?.at, edits.redo()?.at, edits.redo()]).toEqual([1, 2, null]);
    edits.undo();
    edits.add(edit(3, 0, 7));
    expect(edits.redo()).toBeNull();
  });

  it('of both digits of a byte is one', () => {
    const edits = new Edits();
    edits.add(edit(1, 0x00, 0xa0));
    edits.add(edit(1, 0xa0, 0xab), true);
    const undone = edits.undo();
    expect([undone?.before[0], undone?.after[0]]).toEqual([0x00, 0xab]);
    expect(edits.undo()).toBeNull();
  });
});
