/**
 * Rates how well a title answers a search, from 0 (not at all) to 1 (word for word). Every word of the
 * search must begin a word of the title; whole words count more, and so does the title's beginning.
 */
export function rank(title: string, wanted: string): number {
  const words = wordsOf(title);
  const searched = wordsOf(wanted);
  if (searched.length === 0) return 1;
  let sum = 0;
  for (const word of searched) {
    const found = Math.max(...words.map((one, index) => likeness(one, word, index === 0)));
    if (found <= 0) return 0;
    sum += found;
  }
  return sum / searched.length;
}

function likeness(word: string, wanted: string, first: boolean): number {
  if (word === wanted) return first ? 1 : 0.9;
  if (!word.startsWith(wanted)) return 0;
  return first ? 0.7 : 0.6;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
