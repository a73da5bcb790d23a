import { describe, expect, it } from 'vitest';
import { ConsoleText } from './console.svelte.ts';

const out = (text: string) => ({ stream: 'stdout', logged: false, text }) as const;
const err = (text: string) => ({ stream: 'stderr', logged: false, text }) as const;
const log = (text: string) => ({ stream: 'stdout', logged: true, text }) as const;
const keptOf = (text: ConsoleText) => text.blocks.reduce((sum, one) => sum + one.text.length, 0);

describe('the console', () => {
  it('keeps the order of both streams', () => {
    const text = new ConsoleText();
    text.append([out('a'), out('b\n'), err('c\n'), out('d')]);
    expect(text.blocks.map(({ stream, text }) => [stream, text])).toEqual([
      ['stdout', 'ab\n'],
      ['stderr', 'c\n'],
      ['stdout', 'd'],
    ]);
  });

  it('keeps what functions of the import object log apart from the program', () => {
    const text = new ConsoleText();
    text.append([out('a'), log('b\n'), out('c')]);
    expect(text.blocks.map(({ logged, text }) => [logged, text])).toEqual([
      [false, 'a'],
      [true, 'b\n'],
      [false, 'c'],
    ]);
  });

  it('knows the place of each piece, and tells of what is missing between them', () => {
    const text = new ConsoleText();
    text.append([out('ab\n')]);
    text.append([out('cd\n')], 5000);
    text.append([out('ef\n'), err('gh\n')]);
    expect(text.blocks.map(({ at, text }) => [at, text])).toEqual([
      [0, 'ab\n'],
      [5003, 'cd\nef\n'],
      [5009, 'gh\n'],
    ]);
    expect(text.toString()).toBe('ab\n[4.9 KiB left out]\ncd\nef\ngh\n');
    text.clear();
    text.append([out('new')]);
    expect(text.toString()).toBe('new');
  });

  it('is copied without the colours of a terminal', () => {
    const text = new ConsoleText();
    text.append([out('\x1b[31mred\x1b[0m\n')]);
    expect(text.toString()).toBe('red\n');
  });

  it('begins a new piece of the screen only where a line begins', () => {
    const text = new ConsoleText();
    text.append([out('x'.repeat(9000)), out('end\nnext')]);
    expect(text.blocks.map((block) => block.text.length)).toEqual([9004, 4]);
    expect(text.toString()).toBe(`${'x'.repeat(9000)}end\nnext`);
  });

  it('is bounded: a gigabyte of output does not fill the page, and what went is counted', () => {
    const text = new ConsoleText();
    const line = `${'y'.repeat(1023)}\n`;
    for (let written = 0; written < 4000; written++) text.append([out(line)]);
    const kept = keptOf(text);
    expect(kept).toBeLessThanOrEqual(256 * 1024);
    expect(kept + text.skipped).toBe(4000 * 1024);
    expect(text.blocks.length).toBeLessThan(100);
  });

  it('cuts one endless line too', () => {
    const text = new ConsoleText();
    for (let written = 0; written < 600; written++) text.append([out('z'.repeat(1024))]);
    expect(keptOf(text)).toBeLessThanOrEqual(256 * 1024);
  });
});
