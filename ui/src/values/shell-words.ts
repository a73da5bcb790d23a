// Words of a command line as a shell quotes them.

/** The words of a line, or the quote that has no end. */
export type Split = { readonly words: string[] } | { readonly quote: string };

/** The letters that need no quotes. */
const PLAIN = /^[\w@%+=:,./-]+$/;

/**
 * Splits a line into words as a shell does: blanks and line ends separate them, single quotes keep
 * everything, double quotes keep everything but `\"` and `\\`, and a backslash keeps the next letter.
 * Nothing else has a meaning: no variables, no wildcards.
 */
export function splitWords(line: string): Split {
  const words: string[] = [];
  let word: string | null = null;
  let quote: '"' | "'" | null = null;
  for (let at = 0; at < line.length; at++) {
    const letter = line.charAt(at);
    const next = line[at + 1];
    if (quote === "'") {
      if (letter === "'") quote = null;
      else word += letter;
    } else if (quote === '"') {
      if (letter === '"') quote = null;
      else if (letter === '\\' && (next === '"' || next === '\\')) {
        word += next;
        at++;
      } else word += letter;
    } else if (letter === "'" || letter === '"') {
      quote = letter;
      word ??= '';
    } else if (letter === '\\' && next !== undefined) {
      word = (word ?? '') + next;
      at++;
    } else if (/\s/.test(letter)) {
      if (word !== null) words.push(word);
      word = null;
    } else {
      word = (word ?? '') + letter;
    }
  }
  if (quote !== null) return { quote };
  if (word !== null) words.push(word);
  return { words };
}

/** Joins words to a line that {@link splitWords} and a shell split into the same words. */
export function joinWords(words: readonly string[]): string {
  return words
    .map((word) => (PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(' ');
}
