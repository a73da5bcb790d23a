import { describe, expect, it, vi } from 'vitest';
import type { Client } from '../client.ts';
import type { ImportObject, ImportsView, Settings } from '../protocol.ts';
import { TabImports, type ImportsHolder } from './tab-imports.svelte.ts';

const EMPTY: ImportsView = {
  count: 0,
  found: 0,
  types: [],
  imports: [],
  missing: 0,
  wrong: 0,
  unused: [],
  unused_count: 0,
};

/** A tab with settings, and a workbench that takes all of them. */
function tabWith(methods: Record<string, unknown>): ImportsHolder & { kept: ImportObject } {
  const tab = {
    id: 1,
    client: methods as unknown as Client,
    kept: { provisions: [] } as ImportObject,
    get settings() {
      return { imports: tab.kept } as unknown as Settings;
    },
    configure: vi.fn((changes: Partial<Settings>) => {
      if (changes.imports) tab.kept = changes.imports;
      return Promise.resolve();
    }),
    settle: () => Promise.resolve(),
  };
  return tab;
}

const names = (object: ImportObject) =>
  object.provisions.map(({ name, provider }) => `${name}=${provider.provide}`);

describe('the import object of a tab', () => {
  it('keeps what Provide all is filling in where something is chosen meanwhile', async () => {
    let fill: (answer: { choices: []; count: 0 }) => void = () => undefined;
    const filled = new Promise<{ choices: []; count: 0 }>((resolve) => (fill = resolve));
    const tab = tabWith({ 'imports.provide_all': () => filled });
    const imports = new TabImports(tab);
    const all = imports.provideAll();
    const chosen = imports.provide({ module: 'env', name: 'a' }, { provide: 'tag' });
    const given = (name: string) => ({
      module: 'env',
      name,
      provider: { provide: 'value' as const, results: [] },
    });
    tab.kept = { provisions: [given('a'), given('b')] };
    fill({ choices: [], count: 0 });
    await Promise.all([all, chosen]);
    expect(names(tab.kept).sort()).toEqual(['a=tag', 'b=value']);
  });

  it('is changed one import at a time, and each change can be taken back', async () => {
    const tab = tabWith({});
    const imports = new TabImports(tab);
    await imports.provide({ module: 'env', name: 'a' }, { provide: 'tag' });
    await imports.provide({ module: 'env', name: 'b' }, { provide: 'value', results: [] });
    await imports.provide({ module: 'env', name: 'a' }, null);
    expect(names(tab.kept)).toEqual(['b=value']);
    await imports.undo();
    expect(names(tab.kept)).toEqual(['a=tag', 'b=value']);
    await imports.undo();
    await imports.undo();
    expect(names(tab.kept)).toEqual([]);
    await imports.undo();
    expect(imports.before).toHaveLength(0);
  });

  it('is what it was again when a change that was taken back is done again, until there is another', async () => {
    const tab = tabWith({});
    const imports = new TabImports(tab);
    await imports.provide({ module: 'env', name: 'a' }, { provide: 'tag' });
    await imports.provide({ module: 'env', name: 'b' }, { provide: 'value', results: [] });
    await imports.undo();
    await imports.undo();
    await imports.redo();
    expect(names(tab.kept)).toEqual(['a=tag']);
    await imports.redo();
    await imports.redo();
    expect(names(tab.kept)).toEqual(['a=tag', 'b=value']);
    await imports.undo();
    await imports.provide({ module: 'env', name: 'c' }, { provide: 'tag' });
    expect(imports.after).toHaveLength(0);
    await imports.redo();
    expect(names(tab.kept)).toEqual(['a=tag', 'c=tag']);
  });

  it('takes back what is being typed first', async () => {
    const tab = tabWith({});
    const imports = new TabImports(tab);
    await imports.provide({ module: 'env', name: 'a' }, { provide: 'tag' });
    const flush = () => {
      imports.undone.delete(flush);
      void imports.provide({ module: 'env', name: 'a' }, { provide: 'value', results: [] });
    };
    imports.undone.add(flush);
    await imports.undo();
    expect(names(tab.kept)).toEqual(['a=tag']);
    await imports.redo();
    expect(names(tab.kept)).toEqual(['a=value']);
  });

  it('shows what was chosen for all of them, until something else is changed', async () => {
    const choices = [
      { module: 'env', name: 'a', provider: { provide: 'tag' }, sentence: 'made here' },
    ];
    const tab = tabWith({ 'imports.provide_all': () => Promise.resolve({ choices, count: 1 }) });
    const imports = new TabImports(tab);
    await imports.provideAll();
    expect(imports.choices).toEqual({ choices, count: 1 });
    expect(imports.before).toHaveLength(1);
    await imports.provide({ module: 'env', name: 'a' }, { provide: 'tag' });
    expect(imports.choices).toBeNull();
  });

  it('is as it was where a file is refused', async () => {
    const tab = tabWith({ 'imports.open': () => Promise.reject(new Error('it does not fit')) });
    const imports = new TabImports(tab);
    await expect(
      imports.open({ name: 'x.imports.json', read: () => Promise.resolve(new Uint8Array()) }),
    ).rejects.toThrow('does not fit');
    expect(imports.before).toHaveLength(0);
  });

  it('counts what is missing and what does not fit, by the last answer', async () => {
    const answers: ((view: ImportsView) => void)[] = [];
    const tab = tabWith({ 'imports.list': () => new Promise((resolve) => answers.push(resolve)) });
    const imports = new TabImports(tab);
    const [first, second] = [imports.read(), imports.read()];
    answers[1]?.({ ...EMPTY, missing: 1, wrong: 2 });
    answers[0]?.({ ...EMPTY, missing: 7 });
    await Promise.all([first, second]);
    expect(imports.troubles).toBe(3);
  });

  it('knows whether other tabs matter to it', async () => {
    const tab = tabWith({});
    const imports = new TabImports(tab);
    expect(imports.linked).toBe(false);
    await imports.provide(
      { module: 'env', name: 'a' },
      { provide: 'export_of', of: { tab: 2 }, export: 'f' },
    );
    expect(imports.linked).toBe(true);
  });
});
