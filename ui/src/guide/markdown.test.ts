import { describe, expect, it } from 'vitest';
import { inlineOf } from './inline.ts';
import { blocksOf, slugOf } from './markdown.ts';

describe('a line of the guide', () => {
  it('has code, stress and links, which may hold one another', () => {
    expect(inlineOf('Press **Run** (`Ctrl+Enter`), *then* see [`trap`](errors.md#trap).')).toEqual([
      { kind: 'text', text: 'Press ' },
      { kind: 'strong', pieces: [{ kind: 'text', text: 'Run' }] },
      { kind: 'text', text: ' (' },
      { kind: 'code', text: 'Ctrl+Enter' },
      { kind: 'text', text: '), ' },
      { kind: 'em', pieces: [{ kind: 'text', text: 'then' }] },
      { kind: 'text', text: ' see ' },
      { kind: 'link', href: 'errors.md#trap', pieces: [{ kind: 'code', text: 'trap' }] },
      { kind: 'text', text: '.' },
    ]);
  });

  it('keeps marks that are none', () => {
    expect(inlineOf('2 * 3 * 4, a_b_c, [no link], `open')).toEqual([
      { kind: 'text', text: '2 * 3 * 4, a_b_c, [no link], `open' },
    ]);
    expect(inlineOf('`**not strong**`')).toEqual([{ kind: 'code', text: '**not strong**' }]);
  });
});

describe('a page of the guide', () => {
  it('is headings, paragraphs of several lines, code, tables and pictures', () => {
    const text =
      '# A `b`\n\none\ntwo\n\n```wat\n(module)\n\n# no heading\n```\n\n| a | b |\n| --- | --- |\n| 1 | x \\| y |\n\n![P](p.webp)\n';
    expect(blocksOf(text).map((block) => block.kind)).toEqual([
      'heading',
      'paragraph',
      'code',
      'table',
      'picture',
    ]);
    expect(blocksOf(text)[1]).toEqual({
      kind: 'paragraph',
      pieces: [{ kind: 'text', text: 'one two' }],
    });
    expect(blocksOf(text)[2]).toEqual({ kind: 'code', text: '(module)\n\n# no heading' });
    expect(blocksOf(text)[3]).toMatchObject({ rows: [[[{ text: '1' }], [{ text: 'x | y' }]]] });
  });

  it('has lists whose items have lines and code of their own', () => {
    const [list, after] = blocksOf(
      '1. one\n   more\n2. two:\n\n   ```\n   x\n   ```\n\n3. three\n\nafter',
    );
    expect(list).toMatchObject({ kind: 'list', ordered: true });
    expect(
      list?.kind === 'list' && list.items.map((item) => item.map((block) => block.kind)),
    ).toEqual([['paragraph'], ['paragraph', 'code'], ['paragraph']]);
    expect(after).toMatchObject({ kind: 'paragraph' });
  });

  it('shows a script as text: a page of a course is untrusted', () => {
    const text = '<script>alert(1)</script> <img src=x onerror=alert(1)>';
    expect(blocksOf(text)).toEqual([{ kind: 'paragraph', pieces: [{ kind: 'text', text }] }]);
  });

  it('names its headings as GitHub does', () => {
    expect(slugOf('`wasi_memory`')).toBe('wasi_memory');
    expect(slugOf('2. See what happened')).toBe('2-see-what-happened');
    expect(slugOf('The server (`watshop serve`)')).toBe('the-server-watshop-serve');
  });
});
