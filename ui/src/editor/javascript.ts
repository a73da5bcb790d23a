// Loaded with the first editor of JavaScript, so that a page with WAT alone does without it.

import { javascriptLanguage } from '@codemirror/lang-javascript';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { tags } from '@lezer/highlight';

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
