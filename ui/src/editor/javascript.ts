// Comes when the first editor of JavaScript is seen: the page that shows WAT does without it.

import { javascriptLanguage } from '@codemirror/lang-javascript';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { tags } from '@lezer/highlight';

/** Colours of JavaScript: those of WAT, for what is alike. */
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
 * What an editor of JavaScript knows of the language; not its completions, which would come with
 * the page.
 */
export const javaScriptLanguage: Extension = [javascriptLanguage, syntaxHighlighting(highlighting)];
