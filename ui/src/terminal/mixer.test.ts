import { describe, expect, it } from 'vitest';
import { Mixer, type Source } from './mixer.ts';

const OUT: Source = { stream: 'stdout', logged: false };
const ERR: Source = { stream: 'stderr', logged: false };
const LOG: Source = { stream: 'stdout', logged: true };
const mixer = () => new Mixer({ stderr: '91', log: '3;90', remark: '3' });

describe('the text of a terminal', () => {
  it('gives standard error and logs a look of their own', () => {
    const mixed = mixer();
    expect(mixed.write(OUT, 'a\n')).toBe('\x1b[0ma\n');
    expect(mixed.write(OUT, 'b\n')).toBe('b\n');
    expect(mixed.write(ERR, 'c\n')).toBe('\x1b[0;91mc\n');
    expect(mixed.write(LOG, 'd\n')).toBe('\x1b[0;3;90md\n');
    expect(mixed.write(OUT, 'e')).toBe('\x1b[0me');
  });

  it('keeps the colours of each source while another one writes', () => {
    const mixed = mixer();
    mixed.write(OUT, '\x1b[1;32mgreen');
    expect(mixed.write(ERR, '!')).toBe('\x1b[0;91m!');
    expect(mixed.write(OUT, ' still')).toBe('\x1b[0;1;32m still');
    expect(mixed.write(ERR, '\x1b[34mblue\x1b[0mred')).toBe(
      '\x1b[0;91m\x1b[34mblue\x1b[0m\x1b[91mred',
    );
    expect(mixed.write(ERR, '\x1b[38;5;3mthree\x1b[39mred')).toBe(
      '\x1b[38;5;3mthree\x1b[39m\x1b[91mred',
    );
    expect(mixed.write(ERR, '\x1b[48;5;33mpaper')).toBe('\x1b[48;5;33m\x1b[91mpaper');
  });

  it('lets a log begin on a line of its own, and the program go on after it', () => {
    const mixed = mixer();
    mixed.write(OUT, 'half a ');
    expect(mixed.write(LOG, 'log\n')).toBe('\r\n\x1b[0;3;90mlog\n');
    mixed.write(OUT, 'line');
    expect(mixed.write(LOG, 'c')).toBe('\r\n\x1b[0;3;90mc');
    expect(mixed.write(LOG, 'd')).toBe('d');
    expect(mixed.write(OUT, 'rest\x1b[0m')).toBe('\r\n\x1b[0mrest\x1b[0m');
    expect(mixed.write(ERR, 'same line')).toBe('\x1b[0;91msame line');
  });

  it('keeps the halves of a sequence together, whatever comes between them', () => {
    const mixed = mixer();
    expect(mixed.write(OUT, 'a\x1b[3')).toBe('\x1b[0ma');
    expect(mixed.write(ERR, 'b')).toBe('\x1b[0;91mb');
    expect(mixed.write(OUT, '2mgreen')).toBe('\x1b[0m\x1b[32mgreen');
    expect(mixed.write(OUT, '\x1b')).toBe('');
    expect(mixed.write(OUT, ']0;title')).toBe('');
    expect(mixed.write(OUT, '\x07after')).toBe('\x1b]0;title\x07after');
  });

  it('does not keep a sequence without an end for ever', () => {
    const mixed = mixer();
    let given = '';
    for (let piece = 0; piece < 100; piece++)
      given += mixed.write(OUT, (piece === 0 ? '\x1b]0;' : '') + 'x'.repeat(100));
    expect(given.length).toBeGreaterThan(5000);
  });

  it('bounds what it remembers of the colours', () => {
    const mixed = mixer();
    mixed.write(OUT, '\x1b[31;1m'.repeat(10_000));
    mixed.write(ERR, '!');
    const back = mixed.write(OUT, 'a');
    expect(back.length).toBeLessThan(300);
    expect(back).toMatch(/31;1ma$/);
  });

  it('puts remarks on lines of their own', () => {
    const mixed = mixer();
    mixed.write(OUT, 'half');
    expect(mixed.remark('left out')).toBe('\r\n\x1b[0;3mleft out\x1b[0m\r\n');
    expect(mixed.write(OUT, 'line')).toBe('\x1b[0mline');
  });
});
