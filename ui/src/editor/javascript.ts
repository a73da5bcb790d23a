// Loaded with the first editor of JavaScript, so that a page with WAT alone does without it.

import { javascriptLanguage } from '@codemirror/lang-javascript';
import { HighlightStyle, ensureSyntaxTree, syntaxHighlighting } from '@codemirror/language';
import { linter, type Diagnostic } from '@codemirror/lint';
import type { EditorState, Extension } from '@codemirror/state';
import { tags } from '@lezer/highlight';
import { words as say } from '../words/editor/javascript.ts';

/** The colours of JavaScript, those of WAT for similar things. */
const highlighting = HighlightStyle.define([
  { tag: [tags.keyword, tags.bool, tags.null, tags.self], color: 'var(--wat-word)' },
  { tag: [tags.function(tags.variableName), tags.propertyName], color: 'var(--wat-type)' },
  { tag: [tags.definition(tags.variableName), tags.variableName], color: 'var(--wat-name)' },
  { tag: tags.number, color: 'var(--wat-number)' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--wat-string)' },
  { tag: tags.comment, color: 'var(--wat-comment)', fontStyle: 'italic' },
  { tag: [tags.bracket, tags.punctuation, tags.operator], color: 'var(--wat-paren)' },
]);

/**
 * JavaScript's grammar and colours, without its completions, which would complete names of the
 * page.
 */
export const javaScriptLanguage: Extension = [javascriptLanguage, syntaxHighlighting(highlighting)];

/** The milliseconds after the last key before the text is checked. */
const PAUSE = 200;
/** The most milliseconds that reading the text may take at once. */
const PATIENCE = 100;

/** The first mistake of grammar in a text. */
export interface Mistake {
  from: number;
  to: number;
  /** The number of its line, from 1. */
  line: number;
  /** A sentence. */
  words: string;
}

/** Returns the first mistake of grammar in a text, or null. */
export function firstMistake(state: EditorState): Mistake | null {
  const tree = ensureSyntaxTree(state, state.doc.length, PATIENCE);
  let found: Mistake | null = null;
  tree?.iterate({
    enter: (node) => {
      if (found) return false;
      if (!node.type.isError) return undefined;
      const { from, to } = node;
      const text = state.sliceDoc(from, to).split('\n')[0] ?? '';
      const next = state.sliceDoc(from).match(/\S+/)?.[0];
      const after = next === undefined ? say.end : say.before(next.slice(0, 20));
      const words = text === '' ? say.somethingMissing(after) : say.unexpected(text);
      found = { from, to, line: state.doc.lineAt(from).number, words };
      return false;
    },
  });
  return found;
}

/** Underlines the first mistake while one types, and tells it, or null if there is none. */
export function javaScriptLint(tell: (mistake: Mistake | null) => void): Extension {
  const find = (state: EditorState): Diagnostic[] => {
    const mistake = firstMistake(state);
    tell(mistake);
    if (!mistake) return [];
    // A place between two characters has nothing to underline, so the one before it is.
    const from = mistake.to > mistake.from ? mistake.from : Math.max(0, mistake.from - 1);
    return [{ from, to: mistake.to, severity: 'error', message: mistake.words }];
  };
  return linter((view) => find(view.state), { delay: PAUSE });
}
