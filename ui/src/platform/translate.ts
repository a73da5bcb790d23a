// The sentences of the workbench in the language of the page. They come as a pattern with facts
// beside their English text, and the pattern has a translation.

import type { Fact, Wording, Wordings } from '../protocol.ts';
import { TRANSLATIONS } from '../words/translations.ts';

type Translations = ReadonlyMap<string, string>;

/** A view with a sentence, or an error with its message and its help. */
interface Said {
  text?: string;
  wording?: Wording;
  message?: string;
  help?: string;
  wordings?: Wordings;
}

/** Returns a message of the workbench, in which each sentence is translated. */
export function translated<T>(message: T, by: Translations | null = TRANSLATIONS): T {
  if (by !== null) walk(message, by);
  return message;
}

function walk(value: unknown, by: Translations): void {
  if (Array.isArray(value)) for (const one of value) walk(one, by);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const object = value as Said;
  const { wording, wordings } = object;
  if (wording) object.text = textOf(wording, by);
  if (wordings) object.message = textOf(wordings.message, by);
  if (wordings?.help) object.help = textOf(wordings.help, by);
  for (const [key, child] of Object.entries(object)) if (!/^wordings?$/.test(key)) walk(child, by);
}

/** Returns the text of a pattern with its facts, translated where there is a translation. */
function textOf({ pattern, facts = [] }: Wording, by: Translations): string {
  const of = (name: string): string => {
    const fact: Fact = facts.find(([own]) => own === name)?.[1] ?? '';
    return typeof fact === 'string' ? fact : textOf(fact, by);
  };
  return (by.get(pattern) ?? pattern).replace(
    /\{\{|\}\}|\{(\^?)(\w+)\}/g,
    (place, capital: string | undefined, name: string) => {
      // A brace of the sentence itself is doubled.
      if (capital === undefined) return place.charAt(0);
      const text = of(name);
      return capital === '' ? text : text.charAt(0).toUpperCase() + text.slice(1);
    },
  );
}
