import { expect, it } from 'vitest';
import type { WireError } from '../protocol.ts';
import { translated } from './translate.ts';

const error = (): WireError => ({
  code: 'bad_request',
  message: 'Its code is for `x`: 2 files.',
  help: 'Write `{a}`.',
  wordings: {
    message: {
      pattern: '{^why}: {0} files.',
      facts: [
        ['why', { pattern: 'its code is for `{cpu}`', facts: [['cpu', 'x']] }],
        ['0', '2'],
      ],
    },
    help: { pattern: 'Write `{{a}}`.' },
  },
});

it('leaves a message as it is in English', () => {
  expect(translated(error(), null)).toEqual(error());
});

it('translates a pattern and the sentences in its places, and keeps facts', () => {
  const told = translated(
    { id: 1, error: error() },
    new Map([
      ['{^why}: {0} files.', '{0} Dateien. {^why}.'],
      ['its code is for `{cpu}`', 'er ist für `{cpu}`'],
      ['Write `{{a}}`.', 'Schreib `{{a}}`.'],
    ]),
  );
  expect(told.error.message).toBe('2 Dateien. Er ist für `x`.');
  expect(told.error.help).toBe('Schreib `{a}`.');
});

it('shows a pattern without a translation in English', () => {
  expect(translated(error(), new Map()).message).toBe(error().message);
});

it('finds sentences in lists and objects', () => {
  const list = { notes: [{ text: 'A note.', wording: { pattern: 'A note.' } }], size: 3 };
  const { notes } = translated(list, new Map([['A note.', 'Ein Hinweis.']]));
  expect(notes.map(({ text }) => text)).toEqual(['Ein Hinweis.']);
});
