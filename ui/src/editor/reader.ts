// A view of WAT that can be read, searched and copied, and not changed.

import { defaultKeymap } from '@codemirror/commands';
import { wast } from '@codemirror/lang-wast';
import { codeFolding, foldGutter, foldKeymap, syntaxHighlighting } from '@codemirror/language';
import { search, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import { EditorView, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view';
import { editorTheme, watHighlighting } from './theme.ts';

/** Shows a text in an element. `label` names it for screen readers. */
export function showText(parent: HTMLElement, text: string, label: string): EditorView {
  const state = EditorState.create({
    doc: text,
    extensions: [
      EditorState.readOnly.of(true),
      lineNumbers(),
      codeFolding(),
      foldGutter(),
      highlightSpecialChars(),
      search({ top: true }),
      wast(),
      syntaxHighlighting(watHighlighting),
      editorTheme,
      keymap.of([...defaultKeymap, ...searchKeymap, ...foldKeymap]),
      EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
    ],
  });
  return new EditorView({ state, parent });
}
