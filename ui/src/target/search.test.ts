import { describe, expect, it } from 'vitest';
import { exactly, groupsOf, search } from './search.ts';
import { row } from './testing.ts';

const groups = groupsOf(
  [
    row('x86_64-unknown-linux-gnu', {}, { here: true }),
    row('aarch64-unknown-linux-gnu'),
    row('aarch64-apple-darwin', {}, { system: 'macOS' }),
  ],
  [],
);
const titles = (wanted: string) =>
  search(groups, wanted).flatMap(({ options }) => options.map(({ title }) => title));

describe('the list of triples', () => {
  it('begins with this machine, and is grouped by system', () => {
    expect(groups.map(({ title }) => title)).toEqual(['Here', 'Linux', 'macOS']);
    expect(groups[0]?.options[0]).toEqual({ row: null, title: 'This machine', missing: null });
  });

  it('is searched by pieces of triples and systems, in any order', () => {
    expect(titles('')).toHaveLength(4);
    expect(titles('linux aarch')).toEqual(['aarch64-unknown-linux-gnu']);
    expect(titles('MACOS')).toEqual(['aarch64-apple-darwin']);
    expect(titles('riscv')).toEqual([]);
  });

  it('knows a line by all of its name', () => {
    expect(exactly(groups, ' this machine ')?.row).toBeNull();
    expect(exactly(groups, 'aarch64-apple-darwin')?.row?.system).toBe('macOS');
    expect(exactly(groups, 'aarch64')).toBeUndefined();
  });
});
