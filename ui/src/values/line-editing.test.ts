import { describe, expect, it } from 'vitest';
import { effectOf, type Key, type TypedLine } from './line-editing.ts';

/** A key with its modifiers, such as `Ctrl+U`. */
function press(name: string, line: TypedLine) {
  const parts = name.split('+');
  const key: Key = {
    key: parts.at(-1) ?? '',
    ctrlKey: parts.includes('Ctrl'),
    altKey: parts.includes('Alt'),
    metaKey: parts.includes('Meta'),
    shiftKey: parts.includes('Shift'),
  };
  return effectOf(key, line);
}

/** A line with its caret at the bar. */
function line(shown: string): TypedLine {
  return { text: shown.replace('|', ''), at: shown.indexOf('|') };
}

/** The line after a key, with its caret as a bar. */
function edited(name: string, shown: string): string {
  const effect = press(name, line(shown));
  if (effect?.does !== 'edit') throw new Error(`${name} does not edit: ${JSON.stringify(effect)}`);
  const { text, at } = effect.line;
  return `${text.slice(0, at)}|${text.slice(at)}`;
}

const FAMILY = '👩‍👩‍👧‍👦';
const FLAG = '🇳🇱';
const E_ACUTE = 'e\u0301';

describe('the line discipline', () => {
  it('erases and moves by characters as a person counts them', () => {
    for (const one of ['a', 'é', E_ACUTE, '€', '😀', FAMILY, FLAG, '각', 'ก็']) {
      expect(edited('Backspace', `x${one}|y`)).toBe('x|y');
      expect(edited('Delete', `x|${one}y`)).toBe('x|y');
      expect(edited('ArrowLeft', `x${one}|y`)).toBe(`x|${one}y`);
      expect(edited('ArrowRight', `x|${one}y`)).toBe(`x${one}|y`);
    }
  });

  it('stays within the line', () => {
    expect(edited('Backspace', '|a')).toBe('|a');
    expect(edited('Delete', 'a|')).toBe('a|');
    expect(edited('ArrowLeft', '|a')).toBe('|a');
    expect(edited('ArrowRight', 'a|')).toBe('a|');
    expect(edited('Ctrl+w', '|a')).toBe('|a');
  });

  it('erases to the start, and a word', () => {
    expect(edited('Ctrl+u', 'one two|three')).toBe('|three');
    expect(edited('Ctrl+w', 'one two|three')).toBe('one |three');
    expect(edited('Ctrl+w', 'one two  |three')).toBe('one |three');
    expect(edited('Ctrl+W', '  |x')).toBe('|x');
    expect(edited('Ctrl+a', 'one|')).toBe('|one');
    expect(edited('Ctrl+e', '|one')).toBe('one|');
  });

  it('sends a line, a part of a line, and the end', () => {
    expect(press('Enter', line('a|b'))).toEqual({ does: 'send', text: 'ab\n', end: false });
    expect(press('Ctrl+d', line('ab|'))).toEqual({ does: 'send', text: 'ab', end: false });
    expect(press('Ctrl+d', line('|'))).toEqual({ does: 'send', text: '', end: true });
    expect(press('Ctrl+c', line('ab|'))).toEqual({ does: 'stop' });
  });

  it('leaves everything else to the browser', () => {
    for (const name of [
      'a',
      'Tab',
      'Escape',
      'Shift+ArrowLeft',
      'Alt+Backspace',
      'Meta+c',
      'Ctrl+v',
    ])
      expect(press(name, line('ab|'))).toBeNull();
  });
});
