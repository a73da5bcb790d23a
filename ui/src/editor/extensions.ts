// The editor's features for WAT.

import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { wast } from '@codemirror/lang-wast';
import {
  bracketMatching,
  codeFolding,
  foldGutter,
  foldKeymap,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from '@codemirror/language';
import { lintGutter, lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, Transaction, type Extension } from '@codemirror/state';
import {
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  rectangularSelection,
} from '@codemirror/view';
import { breakLine } from './break-line.ts';
import { editorTheme, watHighlighting } from './theme.ts';
import { trapMarks } from './trap.ts';
import { words as say } from '../words/editor/extensions.ts';

/** The owner of the text that is edited. */
export interface EditedText {
  /** The editor's state with its undo history. */
  state: EditorState;
  /** Called after the person changed the text. */
  typed(): void;
  /** Called after the cursor moved. */
  moved(): void;
  /** Called after the person left the editor. */
  flush(): unknown;
}

/** Returns the editor's features for the text of one tab. */
export function extensionsOf(draft: () => EditedText): Extension {
  return [
    lineNumbers(),
    lintGutter(),
    foldGutter(),
    trapMarks,
    codeFolding(),
    highlightSpecialChars(),
    history(),
    drawSelection(),
    dropCursor(),
    EditorState.allowMultipleSelections.of(true),
    indentOnInput(),
    indentUnit.of('  '),
    bracketMatching(),
    closeBrackets(),
    rectangularSelection(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    search({ top: true }),
    EditorState.phrases.of({
      'match case': say.matchCase,
      regexp: say.regularExpression,
      'by word': say.wholeWords,
      all: say.selectAll,
    }),
    wast(),
    syntaxHighlighting(watHighlighting),
    editorTheme,
    keymap.of([
      { key: 'Enter', run: breakLine },
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...lintKeymap,
      indentWithTab,
    ]),
    EditorView.contentAttributes.of({
      'aria-label': say.watSource,
      tabindex: '0',
      spellcheck: 'false',
      autocorrect: 'off',
    }),
    EditorView.updateListener.of((update) => {
      draft().state = update.state;
      const typed = update.transactions.some(
        (one) => one.docChanged && !one.annotation(Transaction.remote),
      );
      if (typed) draft().typed();
      if (update.docChanged || update.selectionSet) draft().moved();
    }),
    EditorView.domEventHandlers({ blur: () => void draft().flush() }),
  ];
}
