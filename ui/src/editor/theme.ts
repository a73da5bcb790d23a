// The editor's colours and measures, in both themes of the page.

import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/**
 * The colours of WAT. They are properties of the page, so both themes define them, with a contrast
 * of at least 4.5 : 1.
 */
export const watHighlighting = HighlightStyle.define([
  // The grammar has one kind of word for `func`, `i32.add` and all other keywords.
  { tag: tags.keyword, color: 'var(--wat-word)' },
  { tag: tags.typeName, color: 'var(--wat-type)' },
  { tag: tags.variableName, color: 'var(--wat-name)' },
  { tag: tags.number, color: 'var(--wat-number)' },
  { tag: tags.string, color: 'var(--wat-string)' },
  { tag: [tags.lineComment, tags.blockComment], color: 'var(--wat-comment)', fontStyle: 'italic' },
  { tag: tags.paren, color: 'var(--wat-paren)' },
]);

/** The editor's style. */
export const editorTheme = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', backgroundColor: 'var(--surface)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--mono)',
    fontSize: 'calc(var(--code-size) * var(--of-code, 1))',
    lineHeight: '1.55',
  },
  '.cm-content': { caretColor: 'var(--text)', paddingBlock: 'var(--space-2)' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--text)', borderLeftWidth: '2px' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--muted)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '2.5em', paddingInlineEnd: 'var(--space-1)' },
  '.cm-foldGutter .cm-gutterElement': { paddingInlineEnd: 'var(--space-1)', cursor: 'pointer' },
  '.cm-gutter-lint': { width: '1em' },
  '.cm-trap-gutter': { width: '1em' },
  '.cm-trap-sign': {
    display: 'block',
    color: 'var(--error)',
    fontWeight: '700',
    textAlign: 'center',
    cursor: 'help',
  },
  '.cm-trap-sign.cm-trap-within': { color: 'var(--warning)' },
  '.cm-trap-sign.cm-trap-stopped': { color: 'var(--muted)' },
  '.cm-activeLine': { backgroundColor: 'var(--line)' },
  '.cm-activeLineGutter': { backgroundColor: 'var(--line)', color: 'var(--text)' },
  // This rule comes after that of the cursor's line, which may be the same one. Without colours the
  // outline marks it.
  '.cm-line.cm-trap-line': {
    backgroundColor: 'var(--error-soft)',
    outline: '1px solid var(--error)',
    outlineOffset: '-1px',
  },
  '.cm-line.cm-trap-line.cm-trap-within': {
    backgroundColor: 'var(--warning-soft)',
    outline: '1px dashed var(--warning)',
  },
  '.cm-line.cm-trap-line.cm-trap-stopped': {
    backgroundColor: 'var(--line)',
    outline: '1px dashed var(--muted)',
  },
  '.cm-trap-words': {
    // The words stay in sight even if lines are longer than the editor is wide.
    position: 'sticky',
    insetInlineStart: '0',
    width: 'fit-content',
    maxWidth: '22rem',
    padding: '2px var(--space-2)',
    backgroundColor: 'var(--warning-soft)',
    color: 'var(--text)',
    font: 'var(--small) var(--sans)',
    whiteSpace: 'normal',
  },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    {
      backgroundColor: 'var(--selection)',
    },
  '.cm-selectionMatch': { backgroundColor: 'var(--match)' },
  '&.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--match)',
    outline: '1px solid var(--strong-border)',
  },
  '&.cm-focused .cm-nonmatchingBracket': {
    backgroundColor: 'transparent',
    outline: '1px solid var(--error)',
  },
  '.cm-searchMatch': { backgroundColor: 'var(--match)', outline: '1px solid var(--strong-border)' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--selection)' },
  '.cm-foldPlaceholder': {
    backgroundColor: 'var(--chrome)',
    border: '1px solid var(--border)',
    color: 'var(--muted)',
    paddingInline: 'var(--space-1)',
  },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--error) 1.5px',
    textUnderlineOffset: '3px',
    textDecorationSkipInk: 'none',
  },
  '.cm-lintRange-warning': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--warning) 1.5px',
    textUnderlineOffset: '3px',
    textDecorationSkipInk: 'none',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    color: 'var(--text)',
    border: '1px solid var(--strong-border)',
    borderRadius: 'var(--radius)',
    boxShadow: 'var(--shadow)',
    maxWidth: '36rem',
  },
  '.cm-diagnostic': {
    fontFamily: 'var(--sans)',
    fontSize: 'var(--size)',
    padding: 'var(--space-2)',
  },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--error)' },
  '.cm-diagnostic-warning': { borderLeft: '3px solid var(--warning)' },
  '.cm-panels': { backgroundColor: 'var(--chrome)', color: 'var(--text)' },
  '.cm-panels-top': { borderBottom: '1px solid var(--border)' },
  '.cm-panel.cm-search': { padding: 'var(--space-2)', fontFamily: 'var(--sans)' },
  '.cm-panel.cm-search label': { fontSize: 'var(--small)' },
  '.cm-textfield': {
    backgroundColor: 'var(--surface)',
    color: 'var(--text)',
    border: '1px solid var(--strong-border)',
    borderRadius: 'var(--radius)',
    fontSize: 'var(--small)',
  },
  '.cm-button': {
    backgroundColor: 'var(--raised)',
    backgroundImage: 'none',
    color: 'var(--text)',
    border: '1px solid var(--strong-border)',
    borderRadius: 'var(--radius)',
    fontSize: 'var(--small)',
  },
  '.cm-panel.cm-search [name=close], .cm-panel.cm-panel-lint [name=close]': {
    color: 'var(--text)',
  },
});
