import { describe, expect, it } from 'vitest';
import { ConsoleText } from './console.svelte.ts';

const out = (text: string) => ({ stream: 'stdout', text }) as const;
const err = (text: string) => ({ stream: 'stderr', text }) as const;

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
    const kept = text.toString().length;
    expect(kept).toBeLessThanOrEqual(256 * 1024);
    expect(kept + text.skipped).toBe(4000 * 1024);
    expect(text.blocks.length).toBeLessThan(100);
  });

  it('cuts one endless line too', () => {
    const text = new ConsoleText();
    for (let written = 0; written < 600; written++) text.append([out('z'.repeat(1024))]);
    expect(text.toString().length).toBeLessThanOrEqual(256 * 1024);
  });
});
