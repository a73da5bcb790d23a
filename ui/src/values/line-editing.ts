// The line discipline of the Console: the effect of each key on the line that is being typed.

/** A line that is being typed, and the place of its caret in UTF-16 units. */
export interface TypedLine {
  text: string;
  at: number;
}

/** A key, as an event of the keyboard tells of it. */
export type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'>;

/**
 * The effect of a key: the line is another one, it is sent with or without the end of the input
 * after it, the guest is stopped, or an earlier (-1) or later (1) line comes back.
 */
export type KeyEffect =
  | { does: 'edit'; line: TypedLine }
  | { does: 'send'; text: string; end: boolean }
  | { does: 'stop' }
  | { does: 'recall'; step: -1 | 1 };

/** Returns the effect of a key on a line without a selection; null leaves it to the browser. */
export function effectOf(key: Key, line: TypedLine): KeyEffect | null {
  if (key.metaKey || key.altKey) return null;
  return key.ctrlKey ? controlled(key.key.toLowerCase(), line) : plain(key, line);
}

function controlled(key: string, line: TypedLine): KeyEffect | null {
  const { text, at } = line;
  switch (key) {
    case 'c':
      return { does: 'stop' };
    case 'd':
      // It sends the typed text, or ends the input if there is none: as terminals have it.
      return { does: 'send', text, end: text === '' };
    case 'u':
      return edit(text.slice(at), 0);
    case 'w': {
      const start = text.slice(0, at).search(/\S+\s*$|\s+$/);
      return start < 0 ? edit(text, at) : edit(text.slice(0, start) + text.slice(at), start);
    }
    case 'a':
      return edit(text, 0);
    case 'e':
      return edit(text, text.length);
    default:
      return null;
  }
}

function plain({ key, shiftKey }: Key, { text, at }: TypedLine): KeyEffect | null {
  switch (key) {
    case 'Enter':
      return shiftKey ? null : { does: 'send', text: `${text}\n`, end: false };
    case 'ArrowUp':
      return { does: 'recall', step: -1 };
    case 'ArrowDown':
      return { does: 'recall', step: 1 };
    case 'Backspace': {
      const start = before(text, at);
      return edit(text.slice(0, start) + text.slice(at), start);
    }
    case 'Delete':
      return edit(text.slice(0, at) + text.slice(after(text, at)), at);
    case 'ArrowLeft':
      return shiftKey ? null : edit(text, before(text, at));
    case 'ArrowRight':
      return shiftKey ? null : edit(text, after(text, at));
    default:
      return null;
  }
}

function edit(text: string, at: number): KeyEffect {
  return { does: 'edit', line: { text, at } };
}

/** Returns the start of the character before a place, as a person counts characters. */
function before(text: string, at: number): number {
  return at - (charactersOf(text.slice(0, at)).at(-1)?.length ?? 0);
}

/** Returns the end of the character after a place. */
function after(text: string, at: number): number {
  return at + (charactersOf(text.slice(at))[0]?.length ?? 0);
}

function charactersOf(text: string): string[] {
  // Some browsers that can show the page do not know graphemes: there it is code points.
  if (!('Segmenter' in Intl)) return [...text];
  const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text);
  return Array.from(segments, ({ segment }) => segment);
}
