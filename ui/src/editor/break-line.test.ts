import { wast } from '@codemirror/lang-wast';
import { indentUnit } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { expect, test } from 'vitest';
import { breakLine } from './break-line.ts';

/** Presses Enter at the mark. Returns the text with the cursor as a mark, or null if it is left. */
function enter(marked: string): string | null {
  const [before = '', after = ''] = marked.split('|');
  const state = EditorState.create({
    doc: before + after,
    selection: { anchor: before.length },
    extensions: [wast(), indentUnit.of('  ')],
  });
  let next: EditorState | null = null;
  breakLine({ state, dispatch: (transaction) => (next = transaction.state) });
  const made = next as EditorState | null;
  if (!made) return null;
  const { head } = made.selection.main;
  return `${made.sliceDoc(0, head)}|${made.sliceDoc(head)}`;
}

test('Enter indents in front of a bracket that has come by itself', () => {
  expect(enter('(module|)')).toBe('(module\n  |)');
  expect(enter('(module\n  (func|))')).toBe('(module\n  (func\n    |))');
  expect(enter('(module\n  (func\n    (call $f)|))')).toBe(
    '(module\n  (func\n    (call $f)\n    |))',
  );
});

test('everything else is left to the usual Enter', () => {
  expect(enter('(module\n  (func)\n|')).toBeNull();
  expect(enter('(module ;; text|)\n)')).toBeNull();
});
